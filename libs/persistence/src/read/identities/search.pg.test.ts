import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analysisOf, resultOf } from "../../testing/analysis.ts";
import { identityOf } from "../../testing/estate.ts";
import { ingestListing } from "../../testing/ingest-listing.ts";
import { testWorkspace, type TestWorkspace } from "../../testing/test-workspace.ts";

const names = ["ledger-writer", "Ledger Reader", "zahlung-größe", "a_b", "a-b", "100%_done", "ab"];

describe("search in the inventory", () => {
  let rig: TestWorkspace;
  let others: string;
  beforeAll(async () => {
    rig = await testWorkspace();
    others = await rig.newWorkspace();
    await fill(rig.workspace, names);
    await fill(others, ["ledger-of-others"]);
  });
  afterAll(() => rig.end());

  async function fill(workspace: string, identities: readonly string[]): Promise<void> {
    const { analysis } = rig.stores;
    await ingestListing(rig.stores, workspace, {
      asOf: "2026-01-03T00:00:00.000Z",
      observations: identities.map((name) => identityOf(name)),
    });
    const snapshot = await analysis.snapshot(workspace);
    await analysis.write(workspace, analysisOf(snapshot.identities.map(({ id }) => resultOf(id))), []);
  }
  async function found(search: string, workspace = rig.workspace): Promise<readonly string[]> {
    const page = await rig.stores.read.listIdentities(workspace, {
      filter: { search },
      sort: "name",
      direction: "asc",
      page: { limit: 50 },
    });
    expect(page.total.count).toBe(page.items.length);
    return page.items.map(({ name }) => name);
  }

  it.each([
    ["ledger", ["Ledger Reader", "ledger-writer"]],
    ["GER-WR", ["ledger-writer"]],
    ["größe", ["zahlung-größe"]],
    ["ab", ["ab"]],
    ["a_b", ["a_b"]],
    ["0%_d", ["100%_done"]],
    ["%", ["100%_done"]],
    ["111122223333", [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))],
    ["1111", []],
    ["ledgers", []],
  ])("%s", async (search, expected) => {
    expect(await found(search)).toEqual(expected);
  });

  it("an id finds its identity", async () => {
    const [one] = (await rig.stores.analysis.snapshot(rig.workspace)).identities;
    expect(await found(one!.id)).toEqual([one!.name]);
  });

  it("a workspace finds its own", async () => {
    expect(await found("ledger", others)).toEqual(["ledger-of-others"]);
    expect(await found("zahlung", others)).toEqual([]);
  });

  it("looks a word up in the index", async () => {
    await rig.server.query(
      "insert into identity (workspace_id, source_id, ref, kind, name, provider, account, facts, attributes, first_seen_at) select workspace_id, source_id, 'many/' || n, kind, 'many-' || n, provider, account, '{}', '{}', now() from identity, generate_series(1, 30000) n where name = 'ab'",
    );
    await rig.server.query("analyze identity");
    const plan = await rig.server.query(
      "explain select id from identity i where i.workspace_id = $1 and (lower(i.name) like '%many-1717%' or i.account = 'many')",
      [rig.workspace],
    );
    expect(JSON.stringify(plan)).toContain("identity_name_trigrams_idx");
  });
});
