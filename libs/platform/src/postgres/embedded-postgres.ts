import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "../app-error.ts";
import { freePort } from "../free-port.ts";
import { clusterCredentials, type ClusterCredentials } from "./cluster-credentials.ts";
import { clusterExists, initCluster } from "./init-cluster.ts";
import { livePostmaster, setAsideStalePidFile } from "./postmaster-pid.ts";
import { postgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { giveTo, runAs, type RunAs } from "./run-as.ts";
import { adoptServer, spawnServer, type PostgresServer } from "./postgres-server.ts";

export interface EmbeddedPostgresOptions {
  /** Rollcall's data folder; the cluster lies in `postgres` below it, the server log in `logs/postgres.log`. */
  readonly dataDir: string;
  /** False only for throwaway clusters: no fsync, data is lost when the machine stops. */
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  readonly onStep?: (text: string) => void;
}

export interface EmbeddedPostgres {
  readonly port: number;
  readonly credentials: ClusterCredentials;
  /** Superuser on the maintenance database. */
  readonly adminUrl: string;
  /** Owner of the database `rollcall`: may create roles, is no superuser. */
  readonly ownerUrl: string;
  /** True when a server left by a killed Rollcall was taken over instead of started. */
  readonly adopted: boolean;
  /** True when this call created the cluster. */
  readonly created: boolean;
  url(database: string, user: string, password: string): string;
  /** Settles when the server is gone, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const database = "rollcall";

const durableSettings: Readonly<Record<string, string>> = {
  shared_buffers: "256MB",
  max_connections: "100",
  effective_cache_size: "1GB",
  maintenance_work_mem: "128MB",
  work_mem: "16MB",
  max_wal_size: "2GB",
  wal_compression: "on",
  checkpoint_completion_target: "0.9",
  random_page_cost: "1.1",
  jit: "off",
  log_timezone: "UTC",
  timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_statement: "none",
  // A failing statement may carry personal data in its parameters: the log names the error only.
  log_min_error_statement: "panic",
  log_parameter_max_length_on_error: "0",
};

const throwawaySettings: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
  max_connections: "200",
};

/** Starts, or takes over, the PostgreSQL of a data folder. The caller holds the instance lock. Never deletes data. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const clusterDir = join(dataDir, "postgres");
  const durable = options.durable ?? true;
  mkdirSync(join(dataDir, "logs"), { recursive: true });
  const binaries = postgresBinaries();
  const exists = clusterExists(clusterDir, binaries.majorVersion);
  const as = runAs(clusterDir, [binaries.root]);
  const credentials = clusterCredentials(dataDir, exists);
  if (!exists) {
    options.onStep?.("creating the database cluster");
    await initCluster({ clusterDir, binaries, as, credentials, database, durable });
  }
  giveTo(clusterDir, as.owner);
  const live = livePostmaster(clusterDir);
  if (live !== null) {
    options.onStep?.("taking over the PostgreSQL that is still running");
    return handle(await adoptServer(clusterDir, live), credentials, { adopted: true, created: false });
  }
  if (setAsideStalePidFile(clusterDir)) options.onStep?.("set aside a stale postmaster.pid");
  const settings = { ...durableSettings, ...(durable ? {} : throwawaySettings), ...options.settings };
  const server = await startWithRetries({ clusterDir, logFile: join(dataDir, "logs", "postgres.log"), binaries, as, settings });
  return handle(server, credentials, { adopted: false, created: !exists });
}

interface StartInput {
  readonly clusterDir: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly as: RunAs;
  readonly settings: Readonly<Record<string, string>>;
}

/** The port may be taken between choosing and binding it, and shared memory of a killed server is freed a moment after the kill. */
async function startWithRetries(input: StartInput): Promise<PostgresServer> {
  let last: unknown;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      return await spawnServer({ ...input, port: await freePort() });
    } catch (error) {
      last = error;
      const detail = error instanceof AppError ? (error.detail ?? "") : "";
      if (!/could not bind|Address already in use|pre-existing shared memory block/.test(detail)) throw error;
      await new Promise((done) => setTimeout(done, 500 * (attempt + 1)));
    }
  }
  throw last;
}

function handle(server: PostgresServer, credentials: ClusterCredentials, flags: { adopted: boolean; created: boolean }): EmbeddedPostgres {
  const url = (database: string, user: string, password: string): string =>
    `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`;
  return {
    port: server.port,
    credentials,
    adminUrl: url("postgres", credentials.adminUser, credentials.adminPassword),
    ownerUrl: url(database, credentials.ownerUser, credentials.ownerPassword),
    ...flags,
    url,
    exited: server.exited,
    stop: () => server.stop(),
  };
}
