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

  /** What is gone as well as what is there, word by word; a row's date is that of the listing which last confirmed it. */
  const everything = (id: string) =>
    rows(
      id,
      `select 'identity' as what, ref, native_id, kind, name, provider, account, facts::text, attributes::text, first_seen_at, missing_since, gone_at from identity
       union all select 'statement ' || sc.dataset, o.ref, null, o.kind, null, null, null, o.payload::text, null,
                        greatest(o.observed_at, case when o.absent_since is null then sc.complete_at end), o.absent_since, null
                   from observation o join scope sc on sc.id = o.scope_id where o.kind = 'identity'
        order by 1, 2, 3, 6, 5`,
    );
  const sameInAnyOrder = async (deliveries: readonly Listing[], orders: readonly (readonly number[])[]) => {
    const inOrder = await newWorkspace();
    for (const delivery of deliveries) await run(inOrder, delivery);
    for (const order of orders) {
      const id = await newWorkspace();
      for (const at of order) await run(id, deliveries[at]!);
      expect(await everything(id), order.join()).toEqual(await everything(inOrder));
    }
    return everything(inOrder);
  };
  const named = (name: string, more: Parameters<typeof identityOf>[1] = {}) => [
    identityOf("keep"),
    identityOf("ci", { name, facts: { status: name }, attributes: { note: name }, ...more }),
  ];

  it("tells the end of what is gone by the newest statement about it, whenever that comes in", async () => {
    const deliveries: Listing[] = [
      { asOf: day(1), observations: named("first") },
      { asOf: day(2), outcome: "partial", observations: named("second") },
      { asOf: day(3), observations: [identityOf("keep")] },
      { asOf: day(4), observations: [identityOf("keep")] },
    ];
    const orders = [[0, 2, 3, 1], [2, 1, 3, 0], [2, 3, 1, 0], [2, 3, 0, 1, 0], [1, 2, 3, 0]]; // prettier-ignore
    const [ci] = await sameInAnyOrder(deliveries, orders);
    expect(ci).toMatchObject({ name: "second", attributes: '{"note": "second"}', missing_since: day(3), gone_at: day(4) });
  });

  it("lets a late complete listing say what was missing by then, and so what was gone earlier", async () => {
    const deliveries: Listing[] = [
      { asOf: day(1), observations: named("there") },
      ...[2, 3, 4].map((at) => ({ asOf: day(at), observations: [identityOf("keep")] })),
    ];
    // Gone at once with the late one, missing for longer, or gone earlier than a later one could tell.
    const [ci] = await sameInAnyOrder(deliveries, [[0, 2, 1, 3], [0, 3, 1, 2], [0, 3, 2, 1], [0, 2, 3, 1], [2, 3, 1, 0]]); // prettier-ignore
    expect(ci).toMatchObject({ missing_since: day(2), gone_at: day(3) });
    await sameInAnyOrder(deliveries.slice(0, 3), [[0, 2, 1], [0, 2, 0, 1, 2]]); // prettier-ignore
  });

  it("puts off the end of what was seen later than anybody knew", async () => {
    const deliveries: Listing[] = [
      { asOf: day(1), observations: named("first") },
      ...[2, 3].map((at) => ({ asOf: day(at), observations: [identityOf("keep")] })),
      { asOf: day(4), outcome: "partial", observations: named("back") },
      ...[5, 6].map((at) => ({ asOf: day(at), observations: [identityOf("keep")] })),
    ];
    const [ci] = await sameInAnyOrder(deliveries, [[0, 1, 2, 4, 5, 3], [3, 1, 2, 4, 5, 0], [1, 2, 4, 5, 3, 0]]); // prettier-ignore
    expect(ci).toMatchObject({ name: "back", missing_since: day(5), gone_at: day(6) });
  });

  it("dates what a complete listing confirmed before it was missed", async () => {
    const deliveries: Listing[] = [
      { asOf: day(1), observations: named("same") },
      { asOf: day(2), outcome: "partial", observations: named("other") },
      { asOf: day(3), observations: named("same") },
      { asOf: day(4), observations: [identityOf("keep")] },
    ];
    const stated = await sameInAnyOrder(deliveries, [[0, 2, 3, 1], [0, 2, 1, 3]]); // prettier-ignore
    expect(stated.find(({ ref, what }) => ref === "ref/ci" && what === "identity")).toMatchObject({ name: "same", missing_since: day(4) });
  });

  it("ends with the dataset that showed it last, in whatever order the datasets come", async () => {
    const push = { dataset: "push" };
    const deliveries: Listing[] = [
      { asOf: day(1), observations: named("listed") },
      { asOf: day(2), ...push, observations: named("pushed", { facts: { environment: "prod" } }) },
      ...[3, 4].map((at) => ({ asOf: day(at), ...push, observations: [identityOf("keep")] })),
      ...[5, 6].map((at) => ({ asOf: day(at), observations: [identityOf("keep")] })),
    ];
    const [ci] = await sameInAnyOrder(deliveries, [[0, 1, 4, 5, 2, 3], [4, 5, 0, 1, 2, 3], [2, 3, 4, 5, 1, 0], [1, 2, 3, 4, 5, 0]]); // prettier-ignore
    expect(ci).toMatchObject({ name: "listed", missing_since: day(5), gone_at: day(6) });
  });

  it("tells of the former bearer of a name what was last said of it", async () => {
    const bearer = (name: string, nativeId: string) => named(name, { nativeId });
    const deliveries: Listing[] = [
      { asOf: day(1), observations: bearer("a", "former") },
      { asOf: day(2), outcome: "partial", observations: bearer("b", "former") },
      { asOf: day(5), observations: bearer("c", "present") },
    ];
    const stated = await sameInAnyOrder(deliveries, [[0, 2, 1], [1, 2, 0], [2, 0, 1], [2, 1, 0]]); // prettier-ignore
    expect(stated.find((row) => row["native_id"] === "former")).toMatchObject({ name: "b", gone_at: day(5) });
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
          expect(await everything(outOfOrder)).toEqual(await everything(inOrder));
        },
      ),
      { numRuns: 8 },
    );
  });
});
