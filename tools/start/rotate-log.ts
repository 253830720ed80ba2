import { existsSync, renameSync } from "node:fs";

/** Each start begins a new file; the last `keep` starts stay as name.1, name.2, ... */
export function rotateLog(path: string, keep = 4): void {
  for (let index = keep - 1; index >= 0; index -= 1) {
    const from = index === 0 ? path : `${path}.${index}`;
    if (existsSync(from)) renameSync(from, `${path}.${index + 1}`);
  }
}
