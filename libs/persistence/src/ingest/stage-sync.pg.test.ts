import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "../create-stores.ts";
import type { TestDatabase } from "../testing/test-database.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

describe("staging in a process that is killed", () => {
  let server: TestDatabase;
  let stores: Stores;
  let workspace: string;
  let end: TestWorkspace["end"];
  beforeAll(async () => {
    ({ server, stores, workspace, end } = await testWorkspace());
  });
  afterAll(() => end?.());
  const stageInChild = async () => {
    const ingestionId = await stores.ingestions.createIngestion(workspace, { files: [], origin: "import", createdBy: null });
    const main = join(import.meta.dirname, "../testing/stage-main.ts");
    return spawn(process.execPath, ["--no-warnings", main, server.appUrl, server.systemUrl, workspace, ingestionId], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  };
  const stored = async () => ({
    syncs: (await server.query("select id from sync")).map((row) => row["id"]),
    jobs: (await server.query("select payload ->> 'syncId' as id from outbox where job = 'ingest-sync'")).map((row) => row["id"]),
  });
  const until = async (condition: string) => {
    for (const deadline = Date.now() + 15_000; Date.now() < deadline; await pause(20))
      if ((await server.query(condition)).length > 0) return;
    throw new Error(`did not come to be: ${condition}`);
  };

  it("stores neither the sync nor its job when it dies between the two", async () => {
    const holder = new pg.Client({ connectionString: server.ownerUrl });
    await holder.connect();
    await holder.query("begin; lock table outbox in access exclusive mode");
    const child = await stageInChild();
    // The rows are staged; the job is not yet written.
    await until("select 1 from pg_locks where relation = 'outbox'::regclass and not granted");
    child.kill("SIGKILL");
    await once(child, "exit");
    await holder.query("rollback");
    await holder.end();
    await until("select 1 where not exists (select 1 from pg_stat_activity where usename = 'rollcall_app' and state = 'active')");
    expect(await stored()).toEqual({ syncs: [], jobs: [] });
  });

  it("has stored both once it is acknowledged", async () => {
    const child = await stageInChild();
    const said = await text(child.stdout);
    const id = /^acknowledged (\S+)/.exec(said)?.[1];
    expect(await stored()).toEqual({ syncs: [id], jobs: [id] });
  });
});
