import pg from "pg";
import { deriveKey } from "@rollcall/platform";
import { sessionSettings } from "../database/session-settings.ts";
import { scramVerifier } from "./scram-verifier.ts";

export const appRole = "rollcall_app";
export const systemRole = "rollcall_system";
/** The application role of members limited to their teams: bound by all that binds `appRole`, and by the policies named `limited`. */
export const limitedRole = "rollcall_limited";
/** Nobody signs in as these. Each owns one function, which may do what the runtime roles may not: see the migrations `search` and `audit_segments`. */
const functionOwners = ["rollcall_search", "rollcall_prune"] as const;
export type RuntimeRole = typeof appRole | typeof systemRole | typeof limitedRole;

/** Passwords are derived, so no process has to store or hand over a second secret. */
function rolePassword(rootKey: string, role: RuntimeRole): string {
  return deriveKey(rootKey, "postgres", `role/${role}/v1`).toString("base64url");
}

export interface RuntimeUrls {
  /** Bound by row-level security. */
  readonly appUrl: string;
  /** As appUrl, for members limited to their teams. */
  readonly limitedUrl: string;
  /** Auth tables, workspaces, membership and key lookup, outbox, queue; no inventory. */
  readonly systemUrl: string;
}

/**
 * The connections of processes. With a pooler those of the inventory go through it: each of their transactions stands by itself. The system
 * role's do not, because they listen for notifications.
 */
export function runtimeUrls(ownerUrl: string, rootKey: string, poolUrl = ownerUrl): RuntimeUrls {
  const urlOf = (role: RuntimeRole): string => {
    const url = new URL(role === systemRole ? ownerUrl : poolUrl);
    url.username = role;
    url.password = rolePassword(rootKey, role);
    return url.toString();
  };
  return { appUrl: urlOf(appRole), limitedUrl: urlOf(limitedRole), systemUrl: urlOf(systemRole) };
}

/** Roles belong to the whole server, not to a database, so they cannot come from a migration. */
export async function ensureRoles(ownerUrl: string, rootKey: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtext('rollcall roles'))");
    for (const role of [appRole, systemRole, limitedRole] as const) await ensureRole(client, role, rootKey);
    await client.query(`grant ${appRole} to ${limitedRole} with inherit true, set false`);
    for (const role of functionOwners) await ensureFunctionOwner(client, role);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

/** Rights on the database itself do not come along when it is cloned. The queue library asks for CREATE even where its schema exists. */
export async function grantDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query("select current_database() as name");
    await client.query(`grant create on database ${client.escapeIdentifier(rows[0].name)} to ${systemRole}`);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, role: RuntimeRole, rootKey: string): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [role]);
  if (rowCount === 0) await client.query(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit`);
  // As a verifier: a server that logs its statements sees no password, and the verifier stays the same from start to start, as poolers need that keep it.
  const verifier = scramVerifier(rolePassword(rootKey, role), deriveKey(rootKey, "postgres", `salt/${role}/v1`).subarray(0, 16));
  await client.query(`alter role ${role} with password ${client.escapeLiteral(verifier)}`);
  // A pooler drops what a connection asks for at its start. Instants are read as UTC, so a server in another zone would falsify them all.
  for (const [name, value] of Object.entries(sessionSettings))
    await client.query(`alter role ${role} set ${name} = ${client.escapeLiteral(value)}`);
}

async function ensureFunctionOwner(client: pg.Client, role: (typeof functionOwners)[number]): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [role]);
  if (rowCount === 0) await client.query(`create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit`);
  // Only so that a migration can hand it its function; the owner does not get its rights by that.
  await client.query(`grant ${role} to current_user with inherit false, set true`);
}
