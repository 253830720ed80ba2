import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { AnalysisMemory, analyseWorkspace } from "@rollcall/posture-pipeline";
import { createLogger, fixedClock } from "@rollcall/platform";
import type { Stores } from "../create-stores.ts";
import { credentialOf, grantOf, identityOf } from "../testing/estate.ts";
import { ingestListing } from "../testing/ingest-listing.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

const asOf = "2026-01-03T00:00:00.000Z";
const old = "2020-01-01T00:00:00.000Z";
const recent = "2026-01-01T00:00:00.000Z";

let rig: TestWorkspace;
let stores: Stores;
let workspace: string;
let lines: string[];
beforeAll(async () => {
  rig = await testWorkspace();
  stores = rig.stores;
});
afterAll(() => rig.end());
beforeEach(async () => {
  workspace = await rig.newWorkspace();
  lines = [];
});

const load = async (
  account: string,
  identities: readonly { readonly name: string; readonly rotatedAt: string }[],
  { grants = [], at = asOf }: { readonly grants?: readonly (readonly [from: string, to: string])[]; readonly at?: string } = {},
): Promise<void> => {
  await ingestListing(stores, workspace, {
    asOf: at,
    account,
    observations: [
      ...identities.flatMap(({ name, rotatedAt }) => [
        identityOf(name),
        credentialOf(name, `key-${name}`, {
          facts: { status: "active", static: true, createdAt: old, lastRotatedAt: rotatedAt },
        }),
      ]),
      ...grants.map(([from, to]) => grantOf(from, to)),
    ],
  });
};

const analyse = (memory?: AnalysisMemory) =>
  analyseWorkspace(
    {
      ...stores,
      clock: fixedClock(asOf),
      logger: createLogger("test", { destination: { write: (line: string) => void lines.push(line) } }),
      ...(memory === undefined ? {} : { memory }),
    },
    workspace,
  );

/** Everything an analysis writes, except the dates and ids by which it is known. */
const written = async () => {
  const rows = async (sql: string) => rig.server.query(sql, [workspace]);
  return {
    scores: await rows("select to_jsonb(s) as row from identity_score s where workspace_id = $1 order by identity_id"),
    details: await rows("select to_jsonb(s) as row from identity_score_detail s where workspace_id = $1 order by identity_id"),
    findings: await rows(
      "select rule_id, subject_id, severity, playbook, evidence from finding where workspace_id = $1 and state = 'open' order by subject_id, rule_id",
    ),
    nodes: await rows("select to_jsonb(n) as row from graph_node n where workspace_id = $1 order by position"),
    edges: await rows("select to_jsonb(e) as row from graph_edge e where workspace_id = $1 order by position"),
    tallies: await rows("select to_jsonb(t) as row from rule_tally t where workspace_id = $1 order by rule_id"),
  };
};
/** By identity, the transaction that wrote its row. */
const writers = async () =>
  new Map(
    (await rig.server.query("select name, xmin::text as writer from identity_score where workspace_id = $1", [workspace])).map((row) => [
      String(row["name"]),
      String(row["writer"]),
    ]),
  );
const judged = (): number => Number((JSON.parse(lines.at(-1)!) as { judged: number }).judged);

it("writes what changed and leaves what a full pass would write", async () => {
  const memory = new AnalysisMemory({ maxIdentities: 10_000 });
  await load("111122223333", [
    { name: "a", rotatedAt: old },
    { name: "b", rotatedAt: old },
    { name: "c", rotatedAt: old },
  ]);
  await load("444455556666", [{ name: "d", rotatedAt: old }]);
  await analyse(memory);
  expect(judged()).toBe(4);
  const before = await writers();

  // One is rotated, one is missing, one is new.
  const later = "2026-01-03T12:00:00.000Z";
  await load(
    "111122223333",
    [
      { name: "a", rotatedAt: recent },
      { name: "b", rotatedAt: old },
      { name: "e", rotatedAt: old },
    ],
    { at: later },
  );
  const delta = await analyse(memory);
  // Its source speaks of another day, so all of it is judged by that; the other source is not touched.
  expect(judged()).toBe(4);
  expect(delta.resolved).toBeGreaterThan(0);
  const after = await writers();
  expect([...after.keys()].sort()).toEqual(["a", "b", "c", "d", "e"]);
  expect(after.get("d")).toBe(before.get("d"));
  expect(after.get("a")).not.toBe(before.get("a"));
  const remembered = await written();
  await analyse();
  expect(await written()).toEqual(remembered);
});

it("does away with what belonged to a source that is gone", async () => {
  const memory = new AnalysisMemory({ maxIdentities: 10_000 });
  await load("111122223333", [{ name: "a", rotatedAt: old }]);
  await load("444455556666", [{ name: "d", rotatedAt: old }]);
  await analyse(memory);
  const [source] = await rig.server.query("select source_id from identity_score where workspace_id = $1 and name = 'd'", [workspace]);
  await stores.ingest.removeSources(workspace, { sourceIds: [String(source!["source_id"])] });
  await analyse(memory);
  expect(judged()).toBe(0);
  const remembered = await written();
  expect([remembered.scores.length, remembered.details.length]).toEqual([1, 1]);
  await analyse();
  expect(await written()).toEqual(remembered);
});

it("writes a changed binding, and only who reaches something else by it", async () => {
  const memory = new AnalysisMemory({ maxIdentities: 10_000 });
  const identities = ["a", "b", "c"].map((name) => ({ name, rotatedAt: old }));
  await load("111122223333", identities, { grants: [["a", "b"]] });
  await analyse(memory);
  const before = await writers();
  await load("111122223333", identities, {
    grants: [
      ["a", "b"],
      ["b", "c"],
    ],
  });
  await analyse(memory);
  expect(judged()).toBe(2);
  const after = await writers();
  expect(after.get("c")).toBe(before.get("c"));
  const remembered = await written();
  expect(remembered.edges.map(({ row }) => (row as { kind: string }).kind)).toContain("HAS_ROLE");
  await analyse();
  expect(await written()).toEqual(remembered);
});

it("does not build on an analysis that another process has replaced", async () => {
  const memory = new AnalysisMemory({ maxIdentities: 10_000 });
  await load("111122223333", [{ name: "a", rotatedAt: old }]);
  await analyse(memory);
  await load("111122223333", [{ name: "a", rotatedAt: recent }]);
  await analyse();
  await load("111122223333", [{ name: "a", rotatedAt: old }]);
  // For this memory nothing has changed; what is stored is something else.
  await analyse(memory);
  expect(judged()).toBe(0);
  const remembered = await written();
  await analyse();
  expect(await written()).toEqual(remembered);
});
