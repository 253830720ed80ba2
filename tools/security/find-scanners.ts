import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export const scanners = ["sqlmap", "wapiti", "slowhttptest"] as const;
export type Scanner = (typeof scanners)[number];

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The wanted scanners that no folder of PATH has. */
export function missingScanners(wanted: readonly Scanner[], path: string): readonly Scanner[] {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  return wanted.filter((name) => !folders.some((folder) => isRunnable(join(folder, name))));
}

/** Debian and its relatives name the packages like the programs. */
export const installAdvice = (missing: readonly Scanner[]): string =>
  `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not installed. On Debian or Ubuntu: apt-get install ${missing.join(" ")}`;
