import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "../create-stores.ts";
import { identityOf } from "../testing/estate.ts";
import { ingestListing } from "../testing/ingest-listing.ts";
import type { TestDatabase } from "../testing/test-database.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

const asOf = "2026-01-03T00:00:00.000Z";

describe("attesting", () => {
  let server: TestDatabase;
  let stores: Stores;
  let workspace: string;
  let ids: Record<string, string>;
  let end: TestWorkspace["end"];
  beforeAll(async () => {
    ({ server, stores, workspace, end } = await testWorkspace());
  });
  afterAll(() => end?.());
  const load = async (names: readonly string[]) => {
    await ingestListing(stores, workspace, { asOf, observations: names.map((name) => identityOf(name)) });
    const { identities } = await stores.analysis.snapshot(workspace);
    ids = Object.fromEntries(identities.map((identity) => [identity.name, identity.id]));
  };

  it("states the same about many at once: merged over earlier statements, one change per fact that differs, one analysis", async () => {
    await load(["a", "b", "c"]);
    const known = (value: string) => ({ known: value, source: "person", observedAt: asOf });
    await stores.triage.attestMany(workspace, [ids["a"]!], { purpose: known("deploys"), environment: known("prod") }, "ann");
    await server.query("delete from outbox");
    const wanted = [ids["a"]!, ids["b"]!, ids["b"]!, randomUUID(), "not an id"];
    const done = await stores.triage.attestMany(workspace, wanted, { purpose: known("deploys"), criticality: known("high") }, "bob");
    expect([...done].sort()).toEqual([ids["a"], ids["b"]].sort());
    const { attested } = await stores.analysis.snapshot(workspace);
    expect(attested.get(ids["a"]!)).toMatchObject({ environment: { known: "prod" }, criticality: { known: "high" } });
    expect(attested.get(ids["b"]!)).toEqual({ purpose: known("deploys"), criticality: known("high") });
    expect(attested.has(ids["c"]!)).toBe(false);
    const changed = await server.query("select identity_id as id, field from change where actor = 'bob' order by id");
    expect(changed.filter((row) => row["id"] === ids["a"]).map((row) => row["field"])).toEqual(["criticality"]);
    expect(changed.filter((row) => row["id"] === ids["b"]).map((row) => row["field"])).toEqual(["criticality", "purpose"]);
    expect((await stores.outbox.pending(10)).map((entry) => entry.job.name)).toEqual(["analyse-workspace"]);
    expect(
      await server.query("select object_id from audit_event where action = 'identity.attested' and workspace_id = $1", [workspace]),
    ).toHaveLength(3);
  });
});
