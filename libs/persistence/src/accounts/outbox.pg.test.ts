import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStores, type Stores } from "../create-stores.ts";
import { testDatabase, type TestDatabase } from "../testing/test-database.ts";

describe("outbox", () => {
  let server: TestDatabase;
  let stores: Stores;
  let workspace: string;
  beforeAll(async () => {
    server = await testDatabase();
    stores = createStores(server);
    workspace = String((await server.query("insert into workspace (name) values ('test') returning id"))[0]!["id"]);
  });
  afterAll(async () => {
    await stores.close();
    await server.drop();
  });

  it("wakes the relay when a job is written", async () => {
    let woken = 0;
    const listening = await stores.outbox.listen(() => {
      woken += 1;
    });
    await stores.ingestions.addToOutbox(workspace, { name: "analyse-workspace", payload: { workspaceId: workspace, syncId: null } });
    await expect.poll(() => woken, { timeout: 5_000 }).toBe(1);
    await listening.close();
  });
});
