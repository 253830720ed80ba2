import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "../create-stores.ts";
import { identityOf, listingOf } from "../testing/estate.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

describe("outbox", () => {
  let stores: Stores;
  let workspace: string;
  let server: TestWorkspace["server"];
  let end: TestWorkspace["end"];
  let newWorkspace: TestWorkspace["newWorkspace"];
  beforeAll(async () => {
    ({ server, stores, workspace, newWorkspace, end } = await testWorkspace());
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

  describe("runs of several workspaces", () => {
    const stage = async (id: string) => {
      const ingestionId = await stores.ingestions.createIngestion(id, { files: [], origin: "push", createdBy: null });
      const { sync, observations } = listingOf(ingestionId, { asOf: "2026-01-03T00:00:00.000Z", observations: [identityOf("ci")] });
      return (await stores.ingest.stageSync(id, sync, observations)).id;
    };
    const handOver = async () => {
      const entries = await stores.outbox.pending(100);
      await stores.outbox.acknowledge(entries.map((entry) => entry.id));
      return entries.map(({ job }) => (job.payload as { readonly syncId: string }).syncId);
    };
    const take = async (id: string, syncId: string) => (await stores.ingest.claim(id, syncId))!;

    it("are handed over one of each at a time, so that nobody waits behind the many of another", async () => {
      await server.query("delete from outbox");
      const [noisy, quiet] = [await newWorkspace(), await newWorkspace()];
      const many = [await stage(noisy), await stage(noisy), await stage(noisy)];
      expect(await handOver()).toEqual([many[0]]);
      const one = await stage(quiet);
      expect(await handOver()).toEqual([one]);
      const run = await take(noisy, many[0]!);
      expect(await handOver()).toEqual([]);
      await stores.ingest.setProgress(noisy, run, { phase: "analysing", done: 1, total: 1 });
      expect(await handOver()).toEqual([many[1]]);
      await stores.ingest.abandon(noisy, many[1]!, "over");
      expect(await handOver()).toEqual([many[2]]);
    });

    it("do not wait for one that was taken again", async () => {
      await server.query("delete from outbox");
      const id = await newWorkspace();
      const [failing, next] = [await stage(id), await stage(id)];
      expect(await handOver()).toEqual([failing]);
      await take(id, failing);
      expect(await handOver()).toEqual([]);
      await take(id, failing);
      expect(await handOver()).toEqual([next]);
    });

    it("are not handed over twice by two relays at the same time", async () => {
      await server.query("delete from outbox");
      const id = await newWorkspace();
      for (let count = 0; count < 5; count += 1) await stage(id);
      expect((await Promise.all([handOver(), handOver(), handOver()])).flat()).toHaveLength(1);
    });

    it("are not stranded while they wait for their turn", async () => {
      await server.query("delete from outbox");
      const id = await newWorkspace();
      const [first] = [await stage(id), await stage(id)];
      await server.query(`update sync set created_at = now() - interval '1 hour' where workspace_id = '${id}'`);
      expect(await handOver()).toEqual([first]);
      expect(await stores.ingest.stranded(id)).toEqual([{ name: "ingest-sync", payload: { workspaceId: id, syncId: first } }]);
    });
  });
});
