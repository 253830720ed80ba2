import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase, type Database } from "../database/database.ts";
import { testDatabase, type TestDatabase } from "../testing/test-database.ts";
import { runCalls } from "./run-pull-sources.ts";

const hour = 3_600_000;

describe("who reads a source, by processes whose clocks differ", () => {
  let server: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    server = await testDatabase();
    database = createDatabase(server);
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });
  afterEach(() => void vi.useRealTimers());
  const at = (offset: number): void => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + offset });

  it.each([
    ["ahead of", 2 * hour],
    ["behind", -2 * hour],
  ])("nobody takes a run over because its own clock is %s the other's", async (_words, offset) => {
    const workspace = await database.withSystem((tx) => tx.workspace.create({ data: { name: "test" } }));
    const [{ id }] = await database.sqlInSystem(
      async (sql) =>
        (
          await sql.query<{ id: string }>(
            "insert into pull_source (workspace_id, id, name, url, interval_hours, auth_kind) values ($1, uuidv7(), 'feed', 'https://feed.example/', 24, 'none') returning id",
            [workspace.id],
          )
        ).rows as [{ id: string }],
    );
    const calls = runCalls(database);
    await calls.requestRun(workspace.id, id);
    const run = await calls.claim(workspace.id, id);
    expect(run).not.toBeNull();
    at(offset);
    expect(await calls.strandedRuns(60)).toEqual([]);
    const token = { workspaceId: workspace.id, id, epoch: run!.epoch };
    expect(await calls.beat(token, { pages: 1, bytes: 1, note: null })).toBe("go_on");
    vi.useRealTimers();
    expect(await calls.strandedRuns(60)).toEqual([]);
    await database.withSystem(
      (tx) => tx.$executeRaw`update pull_source set run_beat_at = now() - interval '2 minutes' where id = ${id}::uuid`,
    );
    at(offset);
    expect(await calls.strandedRuns(60)).toEqual([{ workspaceId: workspace.id, pullSourceId: id }]);
    vi.useRealTimers();
    await calls.abandonRun(workspace.id, id, "over");
  });
});
