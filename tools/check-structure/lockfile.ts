import type { Violation } from "./violation.ts";

export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly license?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export type LockPackages = Readonly<Record<string, LockEntry>>;

const lock = "package-lock.json";

/** A registry without a package's binaries for other platforms leaves them out of the lock, and `npm ci` then fails elsewhere. */
export function checkLockfile(packages: LockPackages): Violation[] {
  return Object.entries(packages).flatMap(([path, entry]) => [...missingOptional(packages, path, entry), ...foreignRegistry(path, entry)]);
}

function missingOptional(packages: LockPackages, path: string, entry: LockEntry): Violation[] {
  return Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !resolves(packages, path, name))
    .map((name) => ({
      path: lock,
      line: null,
      message: `${path || "the root"} wants ${name}, which is not in the lock: pin a version whose platform packages are all published`,
    }));
}

/** As Node looks for a package: in node_modules here, then one level up, and so on. */
function resolves(packages: LockPackages, from: string, name: string): boolean {
  let base = from;
  for (;;) {
    if (`${base === "" ? "" : `${base}/`}node_modules/${name}` in packages) return true;
    if (base === "") return false;
    const up = base.lastIndexOf("/node_modules/");
    base = up < 0 ? "" : base.slice(0, up);
  }
}

function foreignRegistry(path: string, entry: LockEntry): Violation[] {
  if (entry.link === true || entry.resolved === undefined) return [];
  if (!/^[a-z+]+:/.test(entry.resolved)) return [];
  return [{ path: lock, line: null, message: `${path} is bound to one registry or address; leave "resolved" out` }];
}
