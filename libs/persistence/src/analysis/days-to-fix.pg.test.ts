import { afterAll, beforeAll, expect, it } from "vitest";
import { analyseWorkspace } from "@rollcall/posture-pipeline";
import { createLogger, fixedClock } from "@rollcall/platform";
import { credentialOf, identityOf } from "../testing/estate.ts";
import { ingestListing } from "../testing/ingest-listing.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

const asOf = "2026-01-03T00:00:00.000Z";
const old = "2020-01-01T00:00:00.000Z";

let rig: TestWorkspace;
beforeAll(async () => {
  rig = await testWorkspace();
});
afterAll(() => rig.end());

it("counts no finding towards the days to fix that an older export resolved before it was first seen", async () => {
  const { stores } = rig;
  const workspace = await rig.newWorkspace();
  await ingestListing(stores, workspace, {
    asOf,
    account: "1",
    observations: ["ann", "ben"].flatMap((name) => [
      identityOf(name),
      credentialOf(name, `key-${name}`, { facts: { status: "active", static: true, createdAt: old, lastRotatedAt: old } }),
    ]),
  });
  const analyse = () => analyseWorkspace({ ...stores, clock: fixedClock(asOf), logger: createLogger("test") }, workspace);
  const resolve = (name: string, firstSeen: string, resolved: string) =>
    rig.server.query(
      `update finding set state = 'resolved', first_seen_at = $3, resolved_at = $4
        where workspace_id = $1 and rule_id = 'ROT-001' and subject_id = (select id from identity where workspace_id = $1 and name = $2)`,
      [workspace, name, firstSeen, resolved],
    );

  await analyse();
  await resolve("ann", "2026-01-01", "2026-01-03");
  await resolve("ben", "2026-01-03", "2025-12-20");
  await analyse();

  const view = await stores.read.posture(workspace);
  const days = view.kpis.find(({ id }) => id === "mean_days_to_fix");
  expect(days).toMatchObject({ value: 2, detail: "1 finding resolved in 90 days" });
});
