import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeObservations, type IngestStore, type SyncRow } from "@rollcall/posture-pipeline";
import { createDatabase, type Database } from "../../database/database.ts";
import { credentialOf, identityOf, listingOf, type Listing } from "../../testing/estate.ts";
import { testDatabase, type TestDatabase } from "../../testing/test-database.ts";
import { createIngestStore } from "../ingest-store.ts";

const day = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00.000Z`;

describe("the inventory after late listings", () => {
  let server: TestDatabase;
  let database: Database;
  let store: IngestStore;
  beforeAll(async () => {
    server = await testDatabase();
    database = createDatabase(server);
    store = createIngestStore(database);
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  const newWorkspace = async () => (await database.withSystem((tx) => tx.workspace.create({ data: { name: "test" } }))).id;
  const rows = (id: string, sql: string) => database.sqlInWorkspace(id, async (connection) => (await connection.query(sql)).rows);
  const stage = async (id: string, listing: Listing): Promise<SyncRow> => {
    const ingestion = await database.withWorkspace(id, (tx) =>
      tx.ingestion.create({ data: { workspaceId: id, origin: "import", files: [] } }),
    );
    const { sync, observations } = listingOf(ingestion.id, listing);
    return store.stageSync(id, sync, observations);
  };
  const apply = async (id: string, sync: SyncRow) => {
    const plan = await store.plan(id, sync.id);
    await store.apply(
      id,
      sync,
      plan.map((scope) => scope.scopeId),
    );
  };
  const merge = async (id: string, sync: SyncRow) => {
    await store.materialise(id, sync, mergeObservations);
    await store.setStatus(id, sync, "completed");
  };
  const run = async (id: string, listing: Listing) => {
    const sync = await stage(id, listing);
    await apply(id, sync);
    await merge(id, sync);
  };
  const firstSeen = (id: string) =>
    rows(id, "select name, native_id, first_seen_at, gone_at is null as there from identity order by native_id, name");
  const present = (id: string) =>
    rows(
      id,
      `select 'identity' as what, ref, native_id, name, facts::text, attributes::text, first_seen_at, missing_since is null as there from identity where gone_at is null
       union all select 'credential', c.ref, i.ref, c.name, c.facts::text, c.status, c.issued_at, true from credential c join identity i on i.id = c.identity_id order by 1, 2`,
    );

  it("takes the earliest date that shows an identity, whichever comes first", async () => {
    const orders = [
      [1, 2, 3],
      [3, 2, 1],
      [2, 3, 1],
      [3, 1, 2],
    ];
    for (const order of orders) {
      const id = await newWorkspace();
      for (const at of order)
        await run(id, { asOf: day(at), outcome: at === 2 ? "complete" : "partial", observations: [identityOf("ci")] });
      expect(await firstSeen(id), order.join()).toEqual([{ name: "ci", native_id: "native-ci", first_seen_at: day(1), there: true }]);
    }
  });

  it("does not make the bearer of a recycled name older", async () => {
    const [inOrder, reversed] = [await newWorkspace(), await newWorkspace()];
    const former: Listing = { asOf: day(1), observations: [identityOf("ci", { nativeId: "former" })] };
    const present: Listing = { asOf: day(5), observations: [identityOf("ci", { nativeId: "present" })] };
    for (const listing of [former, present]) await run(inOrder, listing);
    for (const listing of [present, former]) await run(reversed, listing);
    const expected = [
      { name: "ci", native_id: "former", first_seen_at: day(1), there: false },
      { name: "ci", native_id: "present", first_seen_at: day(5), there: true },
    ];
    expect(await firstSeen(inOrder)).toEqual(expected);
    expect(await firstSeen(reversed)).toEqual(expected);
  });

  it("finds what a newer listing has stored and not merged yet", async () => {
    const id = await newWorkspace();
    const newer = await stage(id, { asOf: day(5), observations: [identityOf("ci"), credentialOf("ci", "AKIA1")] });
    await apply(id, newer);
    await run(id, { asOf: day(1), observations: [identityOf("ci")] });
    await merge(id, newer);
    expect(await firstSeen(id)).toEqual([{ name: "ci", native_id: "native-ci", first_seen_at: day(1), there: true }]);
    expect(await rows(id, "select name from credential")).toEqual([{ name: "AKIA1" }]);
  });

  it("remembers since when it knows what was gone before it heard of it", async () => {
    const id = await newWorkspace();
    for (const at of [2, 3]) await run(id, { asOf: day(at), observations: [identityOf("keep")] });
    await run(id, { asOf: day(1), observations: [identityOf("keep"), identityOf("ci")] });
    await run(id, { asOf: day(4), observations: [identityOf("keep"), identityOf("ci")] });
    expect((await firstSeen(id))[0]).toEqual({ name: "ci", native_id: "native-ci", first_seen_at: day(1), there: true });
  });

  it("is the same in whatever order listings and pushes arrive, to the byte", { timeout: 180_000 }, async () => {
    const names = ["a", "b", "c"];
    const listing = fc.record({
      outcome: fc.constantFrom("complete" as const, "partial" as const),
      dataset: fc.constantFrom("authorization_details", "push"),
      shown: fc.subarray(names),
      status: fc.constantFrom("active", "disabled"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(listing, { minLength: 2, maxLength: 5 }),
        fc.array(fc.nat(1_000), { minLength: 10, maxLength: 10 }),
        async (drafts, keys) => {
          const deliveries = drafts.map((draft, index): Listing => ({
            asOf: day(index + 1),
            dataset: draft.dataset,
            outcome: draft.dataset === "push" ? "partial" : draft.outcome,
            observations: draft.shown.flatMap((name) => [
              identityOf(name, { facts: { status: draft.status }, ...(draft.dataset === "push" ? { nativeId: undefined } : {}) }),
              credentialOf(name, "key", { facts: { status: draft.status, createdAt: day(1) } }),
            ]),
          }));
          const shuffled = [...deliveries, ...deliveries]
            .map((delivery, index) => ({ delivery, key: keys[index]! }))
            .sort((a, b) => a.key - b.key)
            .map(({ delivery }) => delivery);
          const [inOrder, outOfOrder] = [await newWorkspace(), await newWorkspace()];
          for (const delivery of deliveries) await run(inOrder, delivery);
          for (const delivery of shuffled) await run(outOfOrder, delivery);
          expect(await present(outOfOrder)).toEqual(await present(inOrder));
        },
      ),
      { numRuns: 8 },
    );
  });
});
