import type { HeldSecret } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Tx } from "../database/database.ts";
import { announceSelfSync } from "./announce-self-sync.ts";

/** An instance this young was born with the secrets that it is started with. */
const newInstanceHours = 1;
type Change = { readonly id: string; readonly name: string; readonly what: "added" | "rotated" | "removed" };

/** What a process holds replaces what it held at its last start. */
export async function recordSecrets(tx: Tx, holder: string, secrets: readonly HeldSecret[]): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('rollcall instance secrets'))`;
  const now = new Date();
  const workspaces = await tx.workspace.findMany({ orderBy: { createdAt: "asc" }, select: { id: true, createdAt: true } });
  const born = workspaces[0]?.createdAt ?? now;
  const isNew = now.getTime() - born.getTime() < newInstanceHours * 3_600_000;
  const before = new Map((await tx.instanceSecret.findMany({ where: { holder } })).map((row) => [row.id, row]));
  const changes: Change[] = [];
  for (const secret of secrets) {
    const { id, ...facts } = secret;
    const known = before.get(id);
    before.delete(id);
    const marked = known?.fingerprint ?? null;
    const rotated = marked !== null && secret.fingerprint !== null && marked !== secret.fingerprint;
    if (known === undefined) changes.push({ id, name: secret.name, what: "added" });
    else if (rotated) changes.push({ id, name: secret.name, what: "rotated" });
    const rotatedAt = rotated || (known === undefined && isNew) ? now : (known?.rotatedAt ?? null);
    const row = { ...facts, holder, rotatedAt, lastStartedAt: now };
    await tx.instanceSecret.upsert({ where: { id }, create: { id, ...row }, update: row });
  }
  for (const { id, name } of before.values()) {
    await tx.instanceSecret.delete({ where: { id } });
    changes.push({ id, name, what: "removed" });
  }
  for (const { id: workspaceId } of workspaces) {
    await announceSelfSync(tx, workspaceId);
    for (const { id, name, what } of changes)
      await appendAuditTx(tx, workspaceId, {
        action: `instance_secret.${what}`,
        object: { kind: "instance_secret", id, label: name },
        detail: { holder },
      });
  }
}
