import { afterAll, beforeAll, expect, it } from "vitest";
import { analyseWorkspace } from "@rollcall/posture-pipeline";
import { createLogger, fixedClock } from "@rollcall/platform";
import { credentialOf, identityOf } from "../testing/estate.ts";
import { ingestListing } from "../testing/ingest-listing.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

const day = (date: number): string => `2026-01-0${date}T00:00:00.000Z`;
const old = "2020-01-01T00:00:00.000Z";

let rig: TestWorkspace;
beforeAll(async () => {
  rig = await testWorkspace();
});
afterAll(() => rig.end());

async function load(workspace: string, asOf: string, lastRotatedAt: string): Promise<void> {
  await ingestListing(rig.stores, workspace, {
    asOf,
    observations: [
      identityOf("ann"),
      credentialOf("ann", "key", { facts: { status: "active", static: true, createdAt: old, lastRotatedAt } }),
    ],
  });
}

const analyse = (workspace: string, at: string) =>
  analyseWorkspace({ ...rig.stores, clock: fixedClock(at), logger: createLogger("test") }, workspace);

const rotation = async (workspace: string) => {
  const rows = await rig.server.query(
    "select state, first_seen_at, last_seen_at, resolved_at from finding where workspace_id = $1 and rule_id = 'ROT-001'",
    [workspace],
  );
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value])),
  );
};

it("resolves no finding before it was seen, when the clock of an analysis is behind that of the one before", async () => {
  const workspace = await rig.newWorkspace();
  await load(workspace, day(1), old);
  await analyse(workspace, day(5));
  await load(workspace, day(2), day(2));
  await analyse(workspace, day(3));
  expect(await rotation(workspace)).toEqual([{ state: "resolved", first_seen_at: day(5), last_seen_at: day(5), resolved_at: day(5) }]);
});

it("does not forget a sight of a finding that stays open, when the clock was set back in between", async () => {
  const workspace = await rig.newWorkspace();
  await load(workspace, day(1), old);
  await analyse(workspace, day(5));
  await analyse(workspace, day(3));
  const { items } = await rig.stores.read.listFindings(workspace, { filter: { rule: ["ROT-001"] }, page: { limit: 10 } });
  expect(items.map(({ firstSeenAt, lastSeenAt }) => [new Date(firstSeenAt), new Date(lastSeenAt)])).toEqual([
    [new Date(day(5)), new Date(day(5))],
  ]);
  await load(workspace, day(2), day(2));
  await analyse(workspace, day(4));
  expect(await rotation(workspace)).toEqual([{ state: "resolved", first_seen_at: day(5), last_seen_at: day(5), resolved_at: day(5) }]);
});

it("resolves at the time of the analysis that no longer saw it, otherwise", async () => {
  const workspace = await rig.newWorkspace();
  await load(workspace, day(1), old);
  await analyse(workspace, day(3));
  await load(workspace, day(2), day(2));
  await analyse(workspace, day(5));
  expect(await rotation(workspace)).toEqual([{ state: "resolved", first_seen_at: day(3), last_seen_at: day(3), resolved_at: day(5) }]);
});
