import type { Database } from "../database/database.ts";

/** Workspaces of which each has one row that names it. */
export async function makeWorkspaces(database: Database, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await database.withSystem((tx) => tx.workspace.create({ data: { name: `w${index}` } }));
    ids.push(id);
    await database.withWorkspace(id, (tx) => tx.ingestion.create({ data: { workspaceId: id, origin: "import", files: [id] } }));
  }
  return ids;
}

/** Asks for all of them in turn, both ways, fifty at a time, and returns the answers that were not exactly the asking workspace's own. */
export async function askInterleaved(database: Database, workspaces: readonly string[], requests: number): Promise<readonly unknown[]> {
  const ask = (id: string, index: number) =>
    index % 2 === 0
      ? database.withWorkspace(id, async (tx) => (await tx.ingestion.findMany()).map((row) => row.files))
      : database.sqlInWorkspace(id, async (sql) => (await sql.query("select files from ingestion")).rows.map((row) => row.files));
  let asked = 0;
  const leaks: unknown[] = [];
  const inTurn = async (): Promise<void> => {
    for (let index = asked++; index < requests; index = asked++) {
      // Every workspace comes by both ways.
      const id = workspaces[(index + Math.floor(index / workspaces.length)) % workspaces.length]!;
      const files = await ask(id, index);
      if (files.length !== 1 || String(files[0]) !== id) leaks.push({ id, files });
    }
  };
  // Fifty wait for the connection at any time; more would only measure how long a busy machine lets a transaction wait.
  await Promise.all(Array.from({ length: 50 }, inTurn));
  return leaks;
}
