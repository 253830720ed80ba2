import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { ImportFile } from "@rollcall/posture-pipeline";

const root = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));

/** Real exports beside the repository, for tests that skip without them: null and a message when they are absent. */
export function sharedFiles(folder: string): readonly ImportFile[] | null {
  const path = join(root, folder);
  if (!existsSync(path)) {
    process.stderr.write(`Skipped: ../shared/data/${folder} is not here.\n`);
    return null;
  }
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: file.slice(path.length + 1), bytes: new Uint8Array(readFileSync(file)), modifiedAt: null }));
}
