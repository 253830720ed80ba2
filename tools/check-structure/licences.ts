import type { LockEntry, LockPackages } from "./lockfile.ts";
import type { Violation } from "./violation.ts";

const refused = /^(A?GPL|SSPL|BUSL|Elastic|ELv2|Commons-Clause|CC-BY-NC|UNLICENSED)|Business Source|Elastic License/i;

/** What ships has a licence that an Apache-2.0 project may pass on. `readLicence` answers for entries whose lock line names none. */
export function checkLicences(packages: LockPackages, readLicence: (path: string) => string | null): Violation[] {
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes("node_modules/") && entry.dev !== true && entry.link !== true)
    .flatMap(([path, entry]) => checkEntry(path, entry, readLicence));
}

function checkEntry(path: string, entry: LockEntry, readLicence: (path: string) => string | null): Violation[] {
  const licence = entry.license ?? readLicence(path);
  const message =
    licence === null
      ? `${path} names no licence`
      : isAcceptable(licence)
        ? null
        : `${path} is under ${licence}, which Rollcall may not ship`;
  return message === null ? [] : [{ path: "package-lock.json", line: null, message }];
}

/** Of alternatives one acceptable is enough; of a combination every part counts. */
export function isAcceptable(licence: string): boolean {
  return licence
    .replace(/[()]/g, "")
    .split(/\s+or\s+/i)
    .some((choice) => choice.split(/\s+and\s+/i).every((part) => !refused.test(part.trim())));
}
