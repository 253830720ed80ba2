import type { NewCredential } from "@rollcall/posture-pipeline";
import type { Services } from "../../services.ts";
import { authOf, type PullAuthInput } from "./pull-input.ts";

interface Sealing {
  readonly services: Services;
  readonly workspaceId: string;
  readonly setBy: string | null;
  readonly source: { readonly id: string; readonly url: string };
}

/** From here on nobody but the worker can read it. Null when none is shown. */
export async function sealInput(input: PullAuthInput, { services, workspaceId, setBy, source }: Sealing): Promise<NewCredential | null> {
  if (input.kind === "none") return null;
  const sealed = await services.vault.seal(workspaceId, { ...source, auth: authOf(input) }, input.secret);
  return { ...sealed, setBy, expiresAt: input.expiresAt === null ? null : new Date(input.expiresAt).toISOString() };
}
