import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testRootKey } from "@rollcall/persistence/testing";
import { ApiUnderTest } from "../../apps/api/src/testing/api-under-test.ts";
import { Child } from "../faults/child-process.ts";

const root = join(import.meta.dirname, "..", "..");

/** The API on a socket with the worker behind it, as integrations meet it. */
export interface RealServer {
  readonly api: ApiUnderTest;
  readonly url: string;
  /** May ingest and read. */
  readonly key: string;
  /** The data folder; gone with the server. */
  readonly folder: string;
  workerLog(): string;
  stop(): Promise<void>;
}

export async function startRealServer({ privateHosts = [] }: { readonly privateHosts?: readonly string[] } = {}): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-server-"));
  const api = await ApiUnderTest.start(null, null, privateHosts);
  const admin = await api.admin();
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  const key = await api.apiKey(["ingest", "read"], workspace.id);
  await api.app.listen({ host: "127.0.0.1", port: 0 });
  const logFile = join(folder, "worker.log");
  const worker = new Child({
    args: [join(root, "apps/worker/src/main.ts")],
    cwd: root,
    logFile,
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: api.database.ownerUrl,
      ROLLCALL_SECRET: testRootKey,
      ROLLCALL_DATA_DIR: folder,
      NODE_ENV: "production",
    },
  });
  return {
    api,
    url: `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`,
    key,
    folder,
    workerLog: () => readFileSync(logFile, "utf8"),
    stop: async () => {
      await worker.stop();
      await api.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
