import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "../create-stores.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

describe("outbox", () => {
  let stores: Stores;
  let workspace: string;
  let server: TestWorkspace["server"];
  let end: TestWorkspace["end"];
  beforeAll(async () => {
    ({ server, stores, workspace, end } = await testWorkspace());
  });
  afterAll(() => end?.());

  it("wakes the relay when a job is written", async () => {
    let woken = 0;
    const listening = await stores.outbox.listen(() => {
      woken += 1;
    });
    await stores.ingestions.addToOutbox(workspace, { name: "analyse-workspace", payload: { workspaceId: workspace, syncId: null } });
    await expect.poll(() => woken, { timeout: 5_000 }).toBe(1);
    await listening.close();
  });

  it("says when nothing more will be heard", async () => {
    let lost = 0;
    const listening = await stores.outbox.listen(
      () => {},
      () => {
        lost += 1;
      },
    );
    const client = new pg.Client({ connectionString: server.systemUrl });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %rollcall_outbox%' and datname = current_database()",
    );
    await client.end();
    await expect.poll(() => lost, { timeout: 5_000 }).toBe(1);
    await listening.close();
  });
});
