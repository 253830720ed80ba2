import { closeSync, openSync, readFileSync, readSync, readdirSync } from "node:fs";
import { join } from "node:path";

const chunkBytes = 1 << 20;

/** The embedded database as its superuser, who sees past row-level security. */
export function databaseUrl(dataDir: string): string {
  const { adminUser, adminPassword } = JSON.parse(readFileSync(join(dataDir, "credentials.json"), "utf8")) as Record<string, string>;
  // PostgreSQL writes its port in the fourth line.
  const port = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8")
    .split("\n")[3]
    ?.trim();
  return `postgresql://${adminUser}:${adminPassword}@127.0.0.1:${port}/rollcall`;
}

/** Which of the texts stand in which file below a folder, whatever the file is: logs, tables, write-ahead log. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const needles = texts.map((text) => Buffer.from(text));
  const buffer = Buffer.alloc(chunkBytes + Math.max(...needles.map(({ length }) => length)));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [...found(path, needles, buffer)].map((needle) => `${path}: ${needle.toString()}`);
  });
}

function found(path: string, needles: readonly Buffer[], buffer: Buffer): Set<Buffer> {
  const hits = new Set<Buffer>();
  const file = open(path);
  if (file === null) return hits;
  let kept = 0;
  for (let read = 1; read > 0;) {
    read = readSync(file, buffer, kept, chunkBytes, null);
    const filled = buffer.subarray(0, kept + read);
    for (const needle of needles) if (filled.includes(needle)) hits.add(needle);
    // A text may lie across two chunks.
    kept = Math.min(buffer.length - chunkBytes, filled.length);
    buffer.copyWithin(0, filled.length - kept, filled.length);
  }
  closeSync(file);
  return hits;
}

/** A running database removes files while one looks. */
function open(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
