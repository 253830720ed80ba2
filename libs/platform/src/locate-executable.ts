import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where servers are that are not on everybody's path. */
const usualFolders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** Path of the first of these programs that this machine has, or null. */
export function locateExecutable(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  besidePath: readonly string[] = usualFolders,
): string | null {
  const folders = [...(env["PATH"] ?? "").split(delimiter), ...besidePath].filter((folder) => folder !== "");
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return null;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
