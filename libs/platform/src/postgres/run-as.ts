import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AppError } from "../app-error.ts";

/** How to run a PostgreSQL program: it refuses to run as root, so root hands it to an unprivileged user. */
export interface RunAs {
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  command(file: string, args: readonly string[]): { readonly file: string; readonly args: readonly string[] };
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number };
}

/** `clusterDir` may not exist yet; `readablePaths` are the other folders the program must reach. */
export function runAs(clusterDir: string, readablePaths: readonly string[]): RunAs {
  const uid = process.getuid?.();
  const plain: RunAs = { owner: null, command: (file, args) => ({ file, args }), spawnOptions: {} };
  if (uid === undefined) return plain;
  if (uid !== 0) {
    refuseForeignOwner(clusterDir, uid);
    return plain;
  }
  const owner = existingOwner(clusterDir) ?? unprivilegedUser();
  const reachable = [dirname(clusterDir), ...readablePaths].every((path) => isReachable(path, owner.uid));
  if (reachable) return { owner, command: plain.command, spawnOptions: owner };
  // A checkout below /root is closed to everyone else. The program keeps the one capability that opens such a folder.
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv", "/sbin/setpriv"].find((path) => existsSync(path));
  if (setpriv === undefined) {
    throw new AppError(
      "unsupported",
      `PostgreSQL may not run as root, and ${dirname(clusterDir)} is closed to other users. Use --data with a folder such as /var/lib/rollcall, or run as another user.`,
    );
  }
  const flags = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--",
  ];
  return { owner, command: (file, args) => ({ file: setpriv, args: [...flags, file, ...args] }), spawnOptions: {} };
}

/** Gives a folder and everything below it to `owner`; links are left alone. */
export function giveTo(path: string, owner: RunAs["owner"]): void {
  if (owner === null) return;
  const info = lstatSync(path);
  if (info.isSymbolicLink()) return;
  if (info.uid !== owner.uid || info.gid !== owner.gid) chownSync(path, owner.uid, owner.gid);
  if (info.isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), owner);
}

function refuseForeignOwner(clusterDir: string, uid: number): void {
  if (!existsSync(clusterDir)) return;
  const owner = statSync(clusterDir).uid;
  if (owner === uid) return;
  throw new AppError(
    "forbidden",
    `${clusterDir} belongs to another user (uid ${owner}). Run Rollcall as the user who created it (sudo, if that was root), or choose another folder with --data DIR.`,
  );
}

function existingOwner(clusterDir: string): { uid: number; gid: number } | null {
  if (!existsSync(clusterDir)) return null;
  const { uid, gid } = statSync(clusterDir);
  return uid === 0 ? null : { uid, gid };
}

function unprivilegedUser(): { uid: number; gid: number } {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const users = new Map(lines.map((line) => line.split(":")).map((parts) => [parts[0], { uid: Number(parts[2]), gid: Number(parts[3]) }]));
  for (const name of ["postgres", "_postgres", "nobody"]) {
    const user = users.get(name);
    if (user !== undefined && user.uid > 0 && user.gid >= 0) return user;
  }
  throw new AppError(
    "unsupported",
    "PostgreSQL may not run as root, and there is no user named nobody to run it as. Run Rollcall as another user.",
  );
}

function isReachable(path: string, uid: number): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const info = statSync(folder);
      if ((info.mode & 0o001) === 0 && !(info.uid === uid && (info.mode & 0o100) !== 0)) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
