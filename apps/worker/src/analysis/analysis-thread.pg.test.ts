import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WorkerUnderTest } from "../testing/worker-under-test.ts";

const observations = join(import.meta.dirname, "../../../../libs/connectors/src/push/fixtures/runners.ndjson");
let test: WorkerUnderTest;
beforeAll(async () => {
  test = await WorkerUnderTest.start();
});
afterAll(() => test.stop());

it("an analysis that loses its thread fails, and the next one gets a new thread", async () => {
  await test.import([observations]);
  const { analyser, stores } = test.worker;
  const interrupted = analyser.analyse(test.workspaceId);
  await analyser.close();
  await expect(interrupted).rejects.toMatchObject({ code: "unavailable" });
  await analyser.analyse(test.workspaceId);
  expect((await stores.read.posture(test.workspaceId)).state).toBe("ready");
});

it("what goes wrong in the thread comes back as what it is", async () => {
  await expect(test.worker.analyser.analyse("not a workspace")).rejects.toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/) });
  await test.worker.analyser.analyse(test.workspaceId);
});
