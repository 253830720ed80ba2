import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { locateExecutable } from "../locate-executable.ts";

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
  const child = spawn(binary, ["--quiet", ...asNobody, join(folder, "pgbouncer.ini")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data: Buffer) => (said += data.toString()));
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const killOnExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killOnExit);
  const stop = async (): Promise<void> => {
    process.off("exit", killOnExit);
    child.kill("SIGKILL");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + 10_000;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${binary} did not answer on port ${port}: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.toString(), stop };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (ok: boolean): void => {
      socket.destroy();
      resolve(ok);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });
}
