import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { locateExecutable } from "../locate-executable.ts";
import { startThrowawayServer } from "./start-throwaway-server.ts";

export interface TestPooler {
  /** The address of `serverUrl` through the pooler. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A throwaway pgbouncer in transaction mode with one connection per role to `serverUrl`, or null when this machine has none. */
export async function startTestPooler(
  serverUrl: string,
  users: readonly { username: string; password: string }[],
): Promise<TestPooler | null> {
  const binary = locateExecutable(["pgbouncer"], process.env);
  if (binary === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "rollcall-pooler-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new URL(serverUrl);
  writeFileSync(join(folder, "users"), users.map(({ username, password }) => `"${username}" "${password}"\n`).join(""));
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "users")}
pool_mode = transaction
default_pool_size = 1
max_client_conn = 200
ignore_startup_parameters = options
`,
  );
  // It refuses to run as root.
  const asNobody = process.getuid?.() === 0 ? ["--user", "nobody"] : [];
  const args = ["--quiet", ...asNobody, join(folder, "pgbouncer.ini")];
  const stop = await startThrowawayServer({ binary, args, port, folder });
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.toString(), stop };
}
