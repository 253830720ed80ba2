import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mergeObservations, RunTakenOver, type SyncRow } from "@rollcall/posture-pipeline";
import { credentialOf, grantOf, identityOf, listingOf, usageOf, type Listing } from "../testing/estate.ts";
import { createReadStore } from "../read/read-store.ts";
import { IngestRig } from "../testing/ingest-rig.ts";

const day = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00.000Z`;

describe("ingest store", () => {
  let rig: IngestRig;
  beforeAll(async () => {
    rig = await IngestRig.start();
  });
  beforeEach(async () => {
    rig.workspace = await rig.newWorkspace();
  });
  afterAll(() => rig?.end());
  const sources = () => createReadStore(rig.database).sourceReadings(rig.workspace);
  const living = () => rig.rows("select name, native_id, missing_since, gone_at from identity where gone_at is null order by name");

  const estate = [
    identityOf("ci", { facts: { status: "active", "usage.lastUsedAt": { unknown: "denied" } } }),
    credentialOf("ci", "AKIA1", { facts: { status: "active", createdAt: day(1), lastRotatedAt: day(1) } }),
    usageOf("ci", { lastUsedAt: day(2) }),
    grantOf("ci", "admin"),
    identityOf("admin", { identityKind: "role" }),
    {
      kind: "resource" as const,
      ref: "ref/bucket",
      resourceKind: "data_store" as const,
      name: "bucket\0",
      provider: "aws",
      attributes: { note: "\ud800" },
    },
    {
      kind: "owner" as const,
      ref: "ref/ci/owner",
      identityRef: "ref/ci",
      ownerKind: "team" as const,
      label: "platform",
      signal: "tag:owner",
      weight: 0.6,
    },
    { kind: "human" as const, ref: "ref/jo", name: "Jo", status: "active" as const },
  ];

  it("stores an estate and links its parts", async () => {
    const { plan, applied, merged } = await rig.run({ asOf: day(3), observations: estate });
    expect(plan).toMatchObject({ existing: 0, added: 8, changed: 0, unchanged: 0, absent: 0, removable: 0, outcome: "complete" });
    expect(applied).toEqual({ added: 8, changed: 0, unchanged: 0, markedAbsent: 0, removed: 0 });
    expect(merged).toEqual({ identities: 2, changes: 2 });
    expect(await rig.rows("select i.name, c.ref, c.status, c.issued_at from credential c join identity i on i.id = c.identity_id")).toEqual(
      [{ name: "ci", ref: "ref/ci/AKIA1", status: "active", issued_at: day(1) }],
    );
    expect(
      await rig.rows(
        "select i.name, u.last_used_at, o.label from identity_usage u join identity i on i.id = u.identity_id join owner_claim o on o.identity_id = i.id",
      ),
    ).toEqual([{ name: "ci", last_used_at: day(2), label: "platform" }]);
    expect(await rig.rows("select name, attributes from resource")).toEqual([{ name: "bucket", attributes: { note: "\ufffd" } }]);
    expect(await rig.rows("select from_ref, to_ref from access_grant")).toEqual([{ from_ref: "ref/ci", to_ref: "ref/admin" }]);
    expect(await sources()).toMatchObject([{ connector: "aws", asOf: day(3), status: "ok", lastSuccessAt: day(3), inPart: [] }]);
    expect(await rig.rows("select count(*) as left from staged_observation")).toEqual([{ left: 0 }]);
  });

  it("comes to the same inventory whether a source is new or was heard of before", async () => {
    const foreign = "arn:aws:iam::444455556666:role/deploy";
    const observations = [
      ...estate,
      identityOf("ci-again", { nativeId: "native-ci", name: "ci, mentioned under another name" }),
      credentialOf("ci-again", "AKIA7"),
      credentialOf("nobody", "AKIA8"),
      credentialOf("elsewhere", "AKIA9", { identityRef: foreign, facts: { lastRotatedAt: day(2) } }),
      usageOf("elsewhere", { identityRef: foreign, lastUsedAt: day(2) }),
      grantOf("admin", "admin", { conditional: true, level: "admin" }),
    ];
    const inventory = async (heardOfBefore: boolean) => {
      const id = await rig.newWorkspace();
      await rig.run({ asOf: day(1), account: "444455556666", observations: [identityOf("deploy", { ref: foreign })] }, id);
      if (heardOfBefore) await rig.run({ asOf: day(2), dataset: "credential_report", observations: [] }, id);
      const { applied, merged } = await rig.run({ asOf: day(3), observations }, id);
      const stored = await rig.rows(
        `select 'identity' as what, to_jsonb(i) - 'id' - 'workspace_id' - 'source_id' as row, '' as name from identity i
         union all select 'credential', to_jsonb(c) - 'id' - 'workspace_id' - 'source_id' - 'identity_id', i.name from credential c join identity i on i.id = c.identity_id
         union all select 'usage', to_jsonb(u) - 'id' - 'workspace_id' - 'source_id' - 'identity_id', i.name from identity_usage u join identity i on i.id = u.identity_id
         union all select 'owner', to_jsonb(o) - 'id' - 'workspace_id' - 'source_id' - 'identity_id', i.name from owner_claim o join identity i on i.id = o.identity_id
         union all select 'resource', to_jsonb(r) - 'id' - 'workspace_id' - 'source_id', '' from resource r
         union all select 'grant', to_jsonb(g) - 'id' - 'workspace_id' - 'source_id', '' from access_grant g
         union all select 'human', to_jsonb(h) - 'id' - 'workspace_id' - 'source_id', '' from human h
         union all select 'change', to_jsonb(ch) - 'id' - 'workspace_id' - 'sync_id' - 'identity_id', i.name from change ch join identity i on i.id = ch.identity_id
         union all select 'observation', to_jsonb(ob) - 'workspace_id' - 'source_id' - 'scope_id', '' from observation ob
         order by 1, 2, 3`,
        id,
      );
      return { applied, merged, stored };
    };
    const [asNew, asKnown] = [await inventory(false), await inventory(true)];
    expect(asNew).toEqual(asKnown);
    expect(asNew.merged).toMatchObject({ changes: 3 });
    expect(asNew.stored.filter((row) => row.what === "credential").map((row) => row.name)).toEqual(["ci", "deploy"]);
  });

  it("changes nothing when the same file comes again, or the same sync runs again", async () => {
    const { sync } = await rig.run({ asOf: day(3), observations: estate });
    const before = await rig.rows("select id, xmin::text from identity union all select id, xmin::text from credential order by 1");
    const again = await rig.run({ asOf: day(3), observations: [...estate].reverse() });
    expect(again.plan).toMatchObject({ added: 0, changed: 0, unchanged: 8, absent: 0 });
    expect(again.applied).toEqual({ added: 0, changed: 0, unchanged: 8, markedAbsent: 0, removed: 0 });
    expect(again.merged).toEqual({ identities: 0, changes: 0 });
    await expect(rig.store.apply(rig.workspace, sync, [])).rejects.toThrow(RunTakenOver);
    expect(await rig.rows("select id, xmin::text from identity union all select id, xmin::text from credential order by 1")).toEqual(
      before,
    );
    expect(await rig.changes()).toHaveLength(2);
  });

  it("takes up where a crash left it: between staging, applying and merging", async () => {
    const sync = await rig.stage({ asOf: day(3), observations: estate });
    const plan = await rig.store.plan(rig.workspace, sync.id);
    await rig.store.apply(rig.workspace, sync, []);
    expect(await rig.store.apply(rig.workspace, sync, [])).toMatchObject({ added: 0, changed: 0 });
    expect(await rig.rows("select counts from sync")).toEqual([
      { counts: { added: 8, changed: 0, unchanged: 0, markedAbsent: 0, removed: 0 } },
    ]);
    expect(plan[0]!.added).toBe(8);
    expect(await rig.store.materialise(rig.workspace, sync, mergeObservations)).toEqual({ identities: 2, changes: 2 });
    expect(await living()).toHaveLength(2);
  });

  it("keeps the last of several statements about one thing in one sync", async () => {
    const { applied } = await rig.run({
      asOf: day(3),
      observations: [identityOf("ci", { facts: { status: "active" } }), identityOf("ci", { facts: { status: "disabled" } })],
    });
    expect(applied.added).toBe(1);
    expect(await rig.rows("select facts -> 'status' ->> 'known' as status from identity")).toEqual([{ status: "disabled" }]);
  });

  it("writes what changed, with before and after", async () => {
    await rig.run({ asOf: day(3), observations: estate });
    await rig.run({
      asOf: day(4),
      observations: [
        identityOf("ci", { facts: { status: "disabled", "usage.lastUsedAt": day(2) } }),
        credentialOf("ci", "AKIA1", { facts: { status: "inactive", createdAt: day(1), lastRotatedAt: day(4) } }),
        credentialOf("ci", "AKIA2"),
        ...estate.slice(2),
        grantOf("ci", "reader"),
      ],
    });
    expect(await rig.changes()).toEqual(
      expect.arrayContaining([
        { what: "changed", field: "status", before: "active", after: "disabled" },
        { what: "changed", field: "usage.lastUsedAt", before: "unknown: denied", after: day(2) },
        { what: "credential_added", field: "AKIA2", before: null, after: null },
        { what: "credential_rotated", field: "AKIA1", before: "2026-01-01", after: "2026-01-04" },
        { what: "credential_changed", field: "AKIA1 status", before: "active", after: "inactive" },
        { what: "grant_added", field: "HAS_ROLE", before: null, after: "ref/reader" },
      ]),
    );
    expect(await rig.changes()).toHaveLength(8);
  });

  it("removes only what two complete listings an hour apart do not show", async () => {
    await rig.run({ asOf: day(3), observations: estate });
    const rest = estate.filter((observation) => !observation.ref.startsWith("ref/ci"));
    expect((await rig.run({ asOf: day(4), outcome: "partial", observations: rest })).plan).toMatchObject({ absent: 0, removable: 0 });
    const first = await rig.run({ asOf: day(5), observations: rest });
    expect(first.plan).toMatchObject({ absent: 5, removable: 0 });
    expect(first.applied).toMatchObject({ markedAbsent: 5, removed: 0 });
    expect(await living()).toEqual([
      expect.objectContaining({ name: "admin", missing_since: null }),
      expect.objectContaining({ name: "ci", missing_since: day(5) }),
    ]);
    const soon = await rig.run({ asOf: "2026-01-05T00:30:00.000Z", observations: rest });
    expect(soon.plan).toMatchObject({ absent: 5, removable: 0 });
    const second = await rig.run({ asOf: "2026-01-05T01:00:00.000Z", observations: rest });
    expect(second.plan).toMatchObject({ absent: 5, removable: 5 });
    expect(second.applied).toMatchObject({ removed: 5 });
    expect((await living()).map((row) => row.name)).toEqual(["admin"]);
    expect(await rig.rows("select gone_at from identity where name = 'ci'")).toEqual([{ gone_at: "2026-01-05T01:00:00.000Z" }]);
    expect(await rig.rows("select count(*) as left from credential")).toEqual([{ left: 0 }]);
    expect((await rig.changes()).map((change) => change.what)).toEqual(["created", "created", "missing", "gone"]);
  });

  it("tells of a credential and a grant that an identity lost", async () => {
    await rig.run({ asOf: day(3), observations: estate });
    const rest = estate.filter((observation) => observation.kind !== "credential" && observation.kind !== "grant");
    await rig.run({ asOf: day(4), observations: rest });
    await rig.run({ asOf: day(5), observations: rest });
    expect((await rig.changes()).slice(2)).toEqual([
      { what: "credential_removed", field: "AKIA1", before: null, after: null },
      { what: "grant_removed", field: "HAS_ROLE", before: "ref/admin", after: null },
    ]);
  });

  it("holds removals back when they are not approved, without counting the listing", async () => {
    await rig.run({ asOf: day(3), observations: estate });
    const held = await rig.run({ asOf: day(4), observations: [identityOf("new")] }, rig.workspace, true);
    expect(held.applied).toMatchObject({ added: 1, markedAbsent: 0, removed: 0 });
    expect((await living()).map((row) => row.name)).toEqual(["admin", "ci", "new"]);
    // A person approves: the same sync runs again with its scopes allowed.
    const plan = await rig.store.plan(rig.workspace, held.sync.id);
    expect(plan[0]).toMatchObject({ absent: 8, unchanged: 1 });
    expect(await rig.store.apply(rig.workspace, held.sync, [plan[0]!.scopeId])).toMatchObject({ markedAbsent: 8 });
  });

  it("comes to the same present state in whatever order listings and pushes arrive", async () => {
    const names = ["a", "b", "c", "d"];
    const listing = fc.record({
      outcome: fc.constantFrom("complete" as const, "partial" as const),
      dataset: fc.constantFrom("authorization_details", "push"),
      shown: fc.subarray(names),
      status: fc.constantFrom("active", "disabled"),
    });
    const state = (id: string) =>
      rig.rows(
        `select sc.dataset, o.kind, o.ref, encode(o.hash, 'hex') as hash from observation o join scope sc on sc.id = o.scope_id where o.absent_since is null order by 1, 2, 3`,
        id,
      );
    await fc.assert(
      fc.asyncProperty(fc.array(listing, { minLength: 2, maxLength: 5 }), fc.nat(), async (drafts, seed) => {
        const deliveries = drafts.map((draft, index): Listing => ({
          asOf: day(index + 1),
          dataset: draft.dataset,
          outcome: draft.dataset === "push" ? "partial" : draft.outcome,
          observations: draft.shown.map((name) => identityOf(name, { facts: { status: draft.status } })),
        }));
        const shuffled = deliveries
          .map((delivery, index) => ({ delivery, key: ((index + 1) * 7919 + seed) % 101 }))
          .sort((a, b) => a.key - b.key)
          .map(({ delivery }) => delivery);
        const [inOrder, outOfOrder] = [await rig.newWorkspace(), await rig.newWorkspace()];
        for (const delivery of deliveries) await rig.run(delivery, inOrder);
        for (const delivery of [...shuffled, ...shuffled]) await rig.run(delivery, outOfOrder);
        expect(await state(outOfOrder)).toEqual(await state(inOrder));
        // Staged against what is stored at that moment, and ingested after others have changed it.
        const overlapping = await rig.newWorkspace();
        const [first, ...rest] = shuffled;
        await rig.run(first!, overlapping);
        const staged: SyncRow[] = [];
        for (const delivery of rest) staged.push(await rig.stage(delivery, overlapping));
        for (const sync of staged.reverse()) await rig.ingest(sync, overlapping);
        expect(await state(overlapping)).toEqual(await state(inOrder));
      }),
      { numRuns: 8 },
    );
  });

  it("stages of a complete listing only what differs, and spells it out when another sync changes what it relies on", async () => {
    const named = (suffix: string) => ["a", "b", "c"].map((name) => identityOf(name, name === "a" ? { facts: { status: suffix } } : {}));
    const waiting = (id: string) =>
      rig.rows(`select ref, absent from staged_observation where sync_id = '${id}' order by ref`) as Promise<
        { ref: string; absent: boolean }[]
      >;
    await rig.run({ asOf: day(1), observations: named("active") });
    const same = await rig.stage({ asOf: day(5), observations: named("active") });
    expect(await waiting(same.id)).toEqual([]);
    const fewer = await rig.stage({ asOf: day(6), observations: named("active").slice(0, 2) });
    expect(await waiting(fewer.id)).toEqual([{ ref: "ref/c", absent: true }]);
    const [plan] = await rig.store.plan(rig.workspace, fewer.id);
    expect(plan).toMatchObject({ existing: 3, added: 0, changed: 0, unchanged: 2, absent: 1 });
    // An older listing, ingested first, states something else about one of them.
    await rig.run({ asOf: day(2), observations: named("disabled") });
    expect((await waiting(same.id)).map((row) => row.ref)).toEqual(["ref/a", "ref/b", "ref/c"]);
    expect((await waiting(fewer.id)).map((row) => row.ref)).toEqual(["ref/a", "ref/b"]);
    expect((await rig.ingest(same)).applied).toMatchObject({ added: 0, changed: 1, unchanged: 2 });
    expect((await rig.ingest(fewer)).applied).toMatchObject({ added: 0, changed: 0, unchanged: 2, markedAbsent: 1 });
    expect(
      await rig.rows("select ref, facts #>> '{status,known}' as status, missing_since is null as there from identity order by ref"),
    ).toEqual([
      { ref: "ref/a", status: "active", there: true },
      { ref: "ref/b", status: null, there: true },
      { ref: "ref/c", status: null, there: false },
    ]);
  });

  it("counts what newer statements hold as being there, so that a late listing is not taken for one that shows nothing", async () => {
    const shown = (...names: readonly string[]) => names.map((name) => identityOf(name));
    for (const differs of [false, true])
      for (const stagedFirst of [false, true]) {
        const workspace = await rig.newWorkspace();
        const observations = differs ? [identityOf("a", { facts: { status: "then" } })] : shown("a");
        const stage = () => rig.stage({ asOf: day(2), observations }, workspace);
        await rig.run({ asOf: day(3), observations: shown("a"), outcome: "partial" }, workspace);
        const early = stagedFirst ? await stage() : null;
        await rig.run({ asOf: day(1), observations: shown("a", "b") }, workspace);
        const late = early ?? (await stage());
        expect(await rig.store.plan(workspace, late.id)).toMatchObject([{ existing: 2, absent: 1 }]);
        // A listing that shows nothing of it stays one that loses all it could know.
        const empty = await rig.stage({ asOf: day(2), observations: [] }, workspace);
        expect(await rig.store.plan(workspace, empty.id)).toMatchObject([{ existing: 1, absent: 1 }]);
      }
  });

  it("misses a statement in the scope that no longer shows it, also when another scope makes the same one", async () => {
    const datasets = ["authorization_details", "credential_report"];
    const listing = async (number: number, shownIn: readonly string[]) => {
      const ingestion = await rig.database.withWorkspace(rig.workspace, (tx) =>
        tx.ingestion.create({ data: { workspaceId: rig.workspace, origin: "import", files: [] } }),
      );
      const parts = datasets.map((dataset) =>
        listingOf(ingestion.id, {
          asOf: day(number),
          dataset,
          observations: shownIn.includes(dataset) ? [identityOf("a"), identityOf("b")] : [identityOf("b")],
        }),
      );
      const sync = { ...parts[0]!.sync, reports: parts.flatMap((part) => part.sync.reports) };
      return rig.store.stageSync(
        rig.workspace,
        sync,
        parts.flatMap((part) => part.observations),
      );
    };
    await rig.ingest(await listing(1, datasets));
    const { applied } = await rig.ingest(await listing(2, ["credential_report"]));
    expect(applied).toMatchObject({ added: 0, changed: 0, markedAbsent: 1 });
    const absent = () =>
      rig.rows("select sc.dataset, o.ref from observation o join scope sc on sc.id = o.scope_id where o.absent_since is not null");
    expect(await absent()).toEqual([{ dataset: "authorization_details", ref: "ref/a" }]);
    const again = await rig.ingest(await listing(3, datasets));
    expect(again.applied).toMatchObject({ added: 0, changed: 1, unchanged: 3 });
    expect(await absent()).toEqual([]);
  });

  it("takes the last of two statements about one thing, also when the other is stored already", async () => {
    const said = (status: string) => identityOf("a", { facts: { status } });
    const status = () => rig.rows("select facts #>> '{status,known}' as status from identity");
    await rig.run({ asOf: day(1), observations: [said("active")] });
    await rig.run({ asOf: day(2), observations: [said("active"), said("disabled")] });
    expect(await status()).toEqual([{ status: "disabled" }]);
    await rig.run({ asOf: day(3), observations: [said("active"), said("disabled")] });
    expect(await status()).toEqual([{ status: "disabled" }]);
    await rig.run({ asOf: day(4), observations: [said("active"), said("pending"), said("active")] });
    expect(await status()).toEqual([{ status: "active" }]);
  });

  it("removes a source with everything it stated, and nothing of another", async () => {
    await rig.run({ asOf: day(3), observations: estate });
    await rig.run({ asOf: day(3), account: "444455556666", observations: [identityOf("other")] });
    const source = (await sources()).find((candidate) => candidate.account === "111122223333")!;
    expect(await rig.store.removeSources(rig.workspace, { sourceIds: [source.id] })).toBe(2);
    expect((await living()).map((row) => row.name)).toEqual(["other"]);
    for (const table of ["credential", "access_grant", "resource", "human", "identity_usage"])
      expect(await rig.rows(`select 1 from ${table}`)).toEqual([]);
    expect(await rig.rows("select distinct source_id = (select id from source) as mine from observation")).toEqual([{ mine: true }]);
  });

  it("shows and does nothing in another workspace", async () => {
    const { sync } = await rig.run({ asOf: day(3), observations: estate });
    const stranger = await rig.newWorkspace();
    expect(await rig.store.sync(stranger, sync.id)).toBeNull();
    expect(await rig.store.plan(stranger, sync.id)).toEqual([]);
    expect(await rig.store.removeSources(stranger, { sourceIds: [sync.sourceId] })).toBe(0);
    expect(await living()).toHaveLength(2);
  });
});
