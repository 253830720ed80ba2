import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { AppError, currentActor } from "@rollcall/platform";
import { PrismaClient, type Prisma } from "../generated/client.ts";
import { createPool, queueMillis, type PoolLimits } from "./pool.ts";
import { asDatabaseError } from "./database-error.ts";
import { isUuid } from "./is-uuid.ts";

export type Tx = Prisma.TransactionClient;
/** A row as the database gives it; the statement beside it says what is in there. */
export type DbRow = pg.QueryResultRow;
/** A connection inside a transaction; never handed out beyond the callback. */
export type Sql = Pick<pg.PoolClient, "query">;

export interface DatabaseOptions extends PoolLimits {
  readonly appUrl: string;
  /** Needed by a process that serves people: those limited to their teams are read for on this one. */
  readonly limitedUrl?: string;
  readonly systemUrl: string;
  readonly maxConnections?: number;
}

/**
 * The only ways to the data. Every call is one transaction whose workspace is set for that transaction alone: a setting of the
 * session would leak to the next user of a pooled connection. For an actor limited to their teams the same calls go through a role that
 * sees no more than theirs, so that no query has to remember it.
 */
interface Listener {
  readonly onNotify: () => void;
  /** Once, when nothing more will be heard. */
  readonly onLost: () => void;
}

export interface Database {
  withWorkspace<T>(workspaceId: string, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Another role: auth, workspaces, membership, invitations, API keys, outbox. It has no rights on the inventory. */
  withSystem<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** As withWorkspace, for COPY and set-based SQL. */
  sqlInWorkspace<T>(workspaceId: string, fn: (sql: Sql) => Promise<T>, mode?: TransactionMode): Promise<T>;
  sqlInSystem<T>(fn: (sql: Sql) => Promise<T>): Promise<T>;
  assertRuntimeRoles(): Promise<void>;
  /** Notifications on a connection of its own, as the system role. */
  listen(channel: string, listener: Listener): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

/**
 * `bulk` sorts and hashes whole estates: it gets memory to do so. `forgettable` does not wait for the disk: for progress and for
 * comparisons that keep nothing, never for what somebody was told is stored.
 */
export type TransactionMode = "read write" | "read only" | "snapshot" | "bulk" | "forgettable" | "bulk forgettable";
const beginStatements: Readonly<Record<TransactionMode, string>> = {
  "read write": "begin",
  "read only": "begin read only",
  snapshot: "begin isolation level repeatable read read only",
  bulk: "begin; set local work_mem = '64MB'",
  forgettable: "begin; set local synchronous_commit = off",
  "bulk forgettable": "begin; set local work_mem = '64MB'; set local synchronous_commit = off",
};
const transactionLimits = { maxWait: queueMillis, timeout: 15_000 } as const;

export function createDatabase(options: DatabaseOptions): Database {
  const { maxConnections = 10 } = options;
  const few = Math.min(maxConnections, 5);
  const app = connect(options.appUrl, maxConnections, options);
  const limited = options.limitedUrl === undefined ? null : connect(options.limitedUrl, few, options);
  /** What the current actor reads and writes through. */
  const access = (): Access => {
    if (currentActor().limitedTo === undefined) return app;
    if (limited === null) throw new AppError("internal", "Something went wrong", { detail: "no connection for limited members" });
    return limited;
  };
  const system = connect(options.systemUrl, few, options);
  return {
    withWorkspace: (workspaceId, fn) =>
      guarded(async () => {
        const id = knownFormat(workspaceId);
        const owners = JSON.stringify(currentActor().limitedTo ?? []);
        return access().client.$transaction(async (tx) => {
          await tx.$executeRaw`select set_config('app.workspace_id', ${id}, true), set_config('app.owners', ${owners}, true)`;
          return fn(tx);
        }, transactionLimits);
      }),
    withSystem: (fn) => guarded(() => system.client.$transaction(fn, transactionLimits)),
    sqlInWorkspace: (workspaceId, fn, mode = "read write") =>
      guarded(() => {
        const id = knownFormat(workspaceId);
        // One round trip for both; the id was checked to be a UUID and nothing else.
        const begin = `${beginStatements[mode]}; select set_config('app.workspace_id', '${id}', true)`;
        const owners = currentActor().limitedTo;
        return inTransaction(access().pool, begin, async (sql) => {
          if (owners !== undefined) await sql.query("select set_config('app.owners', $1, true)", [JSON.stringify(owners)]);
          return fn(sql);
        });
      }),
    sqlInSystem: (fn) => guarded(() => inTransaction(system.pool, "begin", fn)),
    assertRuntimeRoles: async () => {
      await guarded(() => inTransaction(app.pool, "begin", assertBoundRole));
      if (limited !== null) await guarded(() => inTransaction(limited.pool, "begin", assertBoundRole));
      await guarded(() => inTransaction(system.pool, "begin", assertBoundRole));
    },
    listen: (channel, listener) => guarded(() => listenOn(options.systemUrl, channel, listener)),
    close: async () => {
      const all = [app, ...(limited === null ? [] : [limited]), system];
      await Promise.all(all.map(({ client }) => client.$disconnect()));
      await Promise.all(all.map(({ pool }) => pool.end()));
    },
  };
}

interface Access {
  readonly pool: pg.Pool;
  readonly client: PrismaClient;
}

const connect = (url: string, maxConnections: number, options: DatabaseOptions): Access => {
  const pool = createPool(url, maxConnections, options);
  return { pool, client: new PrismaClient({ adapter: new PrismaPg(pool) }) };
};

/** A malformed id is nobody's workspace; said in the same words as an unknown one. */
function knownFormat(workspaceId: string): string {
  if (!isUuid(workspaceId)) throw new AppError("not_found", "This workspace does not exist.");
  return workspaceId;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDatabaseError(error);
  }
}

async function inTransaction<T>(pool: pg.Pool, begin: string, fn: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await fn(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that could not roll back must not serve anybody else.
    client.release(broken);
  }
}

/** Row-level security protects nothing against a superuser, a bypassing role or the owner of the tables. */
async function assertBoundRole(sql: Sql): Promise<void> {
  const { rows } = await sql.query(
    `select r.rolname, r.rolsuper or r.rolbypassrls as unbound,
            exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and pg_has_role(r.oid, c.relowner, 'member')) as owner
       from pg_roles r where r.rolname = current_user`,
  );
  if (rows[0].unbound || rows[0].owner) {
    throw new AppError(
      "precondition_failed",
      `The database role ${rows[0].rolname} could read every workspace. Start with the roles that the migration made.`,
    );
  }
}

async function listenOn(connectionString: string, channel: string, { onNotify, onLost }: Listener): Promise<{ close(): Promise<void> }> {
  const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: queueMillis });
  client.on("error", () => {});
  client.once("end", onLost);
  client.on("notification", onNotify);
  await client.connect();
  await client.query(`listen ${client.escapeIdentifier(channel)}`);
  return { close: () => client.end() };
}
