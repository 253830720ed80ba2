import { AppError } from "@rollcall/platform";
import type { AuditStore } from "@rollcall/posture-pipeline";
import { rotateConnectorKey, type RotationDeps } from "./rotate-connector-key.ts";

export interface ShredDeps extends Omit<RotationDeps, "keepFormer" | "destroyFormer"> {
  readonly audit: Pick<AuditStore, "append">;
}

/**
 * Makes the credentials of a workspace unreadable wherever a copy of them lies: they are deleted, those of other workspaces move under a key made for
 * this, and every key that could open a copy leaves the ring. Interrupted and started again, it does all of it. False when credentials of others are
 * left that nothing here opened before either.
 */
export async function shredCredentials(workspace: string, deps: ShredDeps): Promise<boolean> {
  const { source, pullSources, audit, say } = deps;
  if (!source.writable)
    throw new AppError(
      "precondition_failed",
      `Keys cannot be destroyed in ${source.where}. Move them with rollcall rewrap --to file (or vault), restart the worker, and run this again`,
    );
  const found = await pullSources.workspacesCalled(workspace);
  const [one] = found;
  if (one === undefined) throw new AppError("not_found", `There is no workspace "${workspace}"`);
  if (found.length > 1)
    throw new AppError(
      "conflict",
      `There are several workspaces "${workspace}". Name one by its id: ${found.map(({ id }) => id).join(", ")}`,
    );
  // Whether the ring can be read is known before anything is deleted.
  if ((await source.read()) === null) throw new AppError("not_found", `There are no keys in ${source.where}`);
  const deleted = await pullSources.deleteCredentials(one.id);
  say(`${deleted} credentials of ${one.name} deleted`);
  const { complete, key, takenOut } = await rotateConnectorKey({ ...deps, keepFormer: false, destroyFormer: true });
  await audit.append(one.id, {
    action: "workspace.credentials_shredded",
    object: { kind: "workspace", id: one.id, label: one.name },
    detail: { deleted, destroyedKeys: takenOut, key },
  });
  say(
    `Destroy copies of ${source.where} too: with one of them, and a backup of the database, the deleted credentials could still be opened`,
  );
  return complete;
}
