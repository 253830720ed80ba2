import type { InstanceTrouble, SelfInventory, SelfPerson, SelfStore } from "@rollcall/posture-pipeline";
import { listApiKeys } from "../accounts/api-keys.ts";
import type { Database, Tx } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { listFederations } from "../machines/federations.ts";
import { listServiceUsers } from "../machines/service-users.ts";
import { appRole, limitedRole, systemRole } from "../migrate/roles.ts";
import { listPullSources } from "../pull/edit-pull-sources.ts";
import { recordSecrets } from "./record-secrets.ts";

export function createSelfStore(database: Database): SelfStore {
  return {
    workspaceIds: () =>
      database.withSystem(async (tx) =>
        (await tx.workspace.findMany({ select: { id: true }, orderBy: { createdAt: "asc" } })).map(({ id }) => id),
      ),
    inventory: async (workspaceId, asOf) =>
      isUuid(workspaceId) ? database.withSystem((tx) => readInventory(tx, workspaceId, asOf)) : null,
    recordSecrets: (holder, secrets) => database.withSystem((tx) => recordSecrets(tx, holder, secrets)),
    troubles: () =>
      database.withSystem(async (tx) =>
        (await tx.instanceTrouble.findMany({ orderBy: { id: "asc" } })).map(({ id, reason, since }) => ({
          id: id as InstanceTrouble["id"],
          reason,
          since: since.toISOString(),
        })),
      ),
    reportTrouble: (id, reason) =>
      database.withSystem(async (tx) => {
        if (reason === null) await tx.instanceTrouble.deleteMany({ where: { id } });
        else await tx.instanceTrouble.upsert({ where: { id }, create: { id, reason }, update: { reason } });
      }),
  };
}

async function readInventory(tx: Tx, workspaceId: string, asOf: string): Promise<SelfInventory | null> {
  if ((await tx.workspace.count({ where: { id: workspaceId } })) === 0) return null;
  const apiKeys = await listApiKeys(tx, workspaceId);
  const links = await tx.signInLink.findMany({ where: { workspaceId }, orderBy: { createdAt: "asc" } });
  const serviceUsers = await listServiceUsers(tx, workspaceId);
  const pullSources = await listPullSources(tx, workspaceId);
  const creators = [
    ...[...apiKeys, ...links, ...pullSources].map(({ createdBy }) => createdBy),
    ...pullSources.map(({ credential }) => credential?.setBy ?? null),
    ...serviceUsers.map(({ ownerUserId }) => ownerUserId),
  ].filter((id) => id !== null);
  const secrets = await tx.instanceSecret.findMany({ orderBy: { id: "asc" } });
  return {
    format: "rollcall-self/v1",
    workspaceId,
    asOf,
    people: await readPeople(tx, workspaceId, creators),
    serviceUsers,
    apiKeys,
    federations: await listFederations(tx, workspaceId),
    pullSources,
    signInLinks: links.map((link) => ({
      id: link.id,
      role: link.role,
      createdBy: link.createdBy,
      createdAt: link.createdAt.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
      usedAt: link.usedAt?.toISOString() ?? null,
    })),
    databaseRoles: await readRoles(tx),
    instanceSecrets: secrets.map((secret) => ({
      id: secret.id,
      kind: secret.kind as SelfInventory["instanceSecrets"][number]["kind"],
      name: secret.name,
      purpose: secret.purpose,
      storage: secret.storage as SelfInventory["instanceSecrets"][number]["storage"],
      rotatedAt: secret.rotatedAt?.toISOString() ?? null,
      lastStartedAt: secret.lastStartedAt.toISOString(),
    })),
  };
}

/** Members, and whoever made something that is still listed. */
async function readPeople(tx: Tx, workspaceId: string, creators: readonly string[]): Promise<readonly SelfPerson[]> {
  const members = await tx.workspaceMember.findMany({ where: { workspaceId }, include: { user: true }, orderBy: { createdAt: "asc" } });
  const known = new Set(members.map(({ userId }) => userId));
  const gone = await tx.user.findMany({
    where: { id: { in: [...new Set(creators)].filter((id) => !known.has(id)) } },
    orderBy: { id: "asc" },
  });
  return [
    ...members.map(({ userId, role, user }) => ({ userId, name: user.name, email: user.email, admin: role === "admin", member: true })),
    ...gone.map(({ id, name }) => ({ userId: id, name, email: null, admin: false, member: false })),
  ];
}

const purposeOf: Readonly<Record<string, "app" | "limited">> = { [appRole]: "app", [limitedRole]: "limited" };

async function readRoles(tx: Tx): Promise<SelfInventory["databaseRoles"]> {
  const rows = await tx.$queryRaw<{ name: string; superuser: boolean; valid_until: string | null; is_owner: boolean }[]>`
    select r.rolname as name, r.rolsuper as superuser, c.oid is not null as is_owner,
           case when isfinite(r.rolvaliduntil) then to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as valid_until
      from pg_roles r left join pg_class c on c.relowner = r.oid and c.oid = 'public.workspace'::regclass
     where c.oid is not null or r.rolname in (${appRole}, ${limitedRole}, ${systemRole}) order by r.rolname`;
  return rows.map((row) => ({
    name: row.name,
    purpose: row.is_owner ? "owner" : (purposeOf[row.name] ?? "system"),
    superuser: row.superuser,
    validUntil: row.valid_until,
  }));
}
