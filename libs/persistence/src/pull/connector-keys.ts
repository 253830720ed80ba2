import type { PullSourcesStore } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database } from "../database/database.ts";
import { storedPullOf } from "./pull-rows.ts";

type KeyCalls = Pick<
  PullSourcesStore,
  "connectorKey" | "publishConnectorKey" | "forgetUnusedKeys" | "keysInUse" | "markMissingKeys" | "sealedOtherwise" | "replaceSealed"
>;

export function connectorKeyCalls(database: Database): KeyCalls {
  return {
    connectorKey: () => database.withSystem((tx) => tx.connectorKey.findFirst({ orderBy: { publishedAt: "desc" } })),
    publishConnectorKey: ({ keyId, publicKey, mac }) =>
      database.withSystem(async (tx) => {
        const newest = await tx.connectorKey.findFirst({ orderBy: { publishedAt: "desc" } });
        if (newest?.keyId === keyId && newest.mac === mac) return;
        const row = { publicKey, mac, publishedAt: new Date() };
        await tx.connectorKey.upsert({ where: { keyId }, create: { keyId, ...row }, update: row });
      }),
    forgetUnusedKeys: () =>
      database.withSystem(async (tx) => {
        const newest = await tx.connectorKey.findFirst({ orderBy: { publishedAt: "desc" } });
        const { count } = await tx.connectorKey.deleteMany({ where: { keyId: { not: newest?.keyId ?? "" }, sealed: { none: {} } } });
        return count;
      }),
    keysInUse: () =>
      database.withSystem(async (tx) => {
        const where = { credentialKeyId: { not: null } };
        const groups = await tx.pullSource.groupBy({ by: ["credentialKeyId"], _count: { id: true }, where });
        return groups.map((group) => ({ keyId: group.credentialKeyId ?? "", credentials: group._count.id }));
      }),
    markMissingKeys: (heldKeyIds, problem) =>
      database.withSystem(async (tx) => {
        const ids = [...heldKeyIds];
        await tx.pullSource.updateMany({
          where: { credentialKeyId: { in: ids }, credentialProblem: { not: null } },
          data: { credentialProblem: null },
        });
        const { count } = await tx.pullSource.updateMany({
          where: { NOT: [{ credentialKeyId: { in: ids } }, { credentialKeyId: null }] },
          data: { credentialProblem: problem },
        });
        return count;
      }),
    sealedOtherwise: (keyId, after, limit) =>
      database.withSystem(async (tx) => {
        const rows = await tx.pullSource.findMany({
          where: { credentialKeyId: { not: keyId }, ...(after === null ? {} : { id: { gt: after.id } }) },
          orderBy: { id: "asc" },
          take: limit,
        });
        return rows.map(storedPullOf);
      }),
    replaceSealed: ({ workspaceId, id }, { from, to }) =>
      database.withSystem(async (tx) => {
        // A credential that was set anew meanwhile is another one.
        const { count } = await tx.pullSource.updateMany({
          where: { workspaceId, id, credential: Uint8Array.from(from.sealed) },
          data: { credential: Uint8Array.from(to.sealed), credentialKeyId: to.keyId, credentialProblem: null },
        });
        if (count === 0) return false;
        await appendAuditTx(tx, workspaceId, {
          action: "pull_source.credential_rewrapped",
          object: { kind: "pull_source", id },
          detail: { fromKey: from.keyId, toKey: to.keyId },
        });
        return true;
      }),
  };
}
