import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "../create-stores.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

describe("outbox", () => {
  let stores: Stores;
  let workspace: string;
  let end: TestWorkspace["end"];
  beforeAll(async () => {
    ({ stores, workspace, end } = await testWorkspace());
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
});
