import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkExports } from "./exports.ts";
import { checkLicences } from "./licences.ts";
import { checkLockfile, type LockPackages } from "./lockfile.ts";
import { checkNames } from "./names.ts";
import { checkOwners } from "./owners.ts";
import { checkPackages } from "./packages.ts";
import { checkPurity } from "./purity.ts";
import type { SourceFile, Violation } from "./violation.ts";

export function checkAll(root: string): Violation[] {
  const paths = listFiles(root);
  const sources = paths.filter(isSource).map((path): SourceFile => ({ path, text: readFileSync(join(root, path), "utf8") }));
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as { packages: LockPackages };
  return [
    ...checkNames(paths),
    ...checkExports(sources),
    ...checkPurity(sources),
    ...checkOwners(sources),
    ...checkPackages(sources),
    ...checkLockfile(packages),
    ...checkLicences(packages, (path) => installedLicence(root, path)),
  ];
}

/** Tracked and new files alike, ignored ones not. */
function listFiles(root: string): string[] {
  const output = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split("\0").filter((path) => path !== "" && existsSync(join(root, path))))].toSorted();
}

function isSource(path: string): boolean {
  if (path.includes("/generated/")) return false;
  return (/^(apps|libs|tools|e2e)\//.test(path) && /\.(ts|tsx|mjs|mts)$/.test(path)) || /^(apps|libs)\/[^/]+\/package\.json$/.test(path);
}

/** Null for what cannot be known: a package without a licence. A package for another platform is not installed and says nothing. */
function installedLicence(root: string, path: string): string | null {
  const manifest = join(root, path, "package.json");
  if (!existsSync(manifest)) return "not installed";
  const { license, licenses } = JSON.parse(readFileSync(manifest, "utf8")) as {
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  if (typeof license === "string") return license;
  return license?.type ?? licenses?.[0]?.type ?? licenceFile(root, path);
}

/** Some packages ship the text only. */
function licenceFile(root: string, path: string): string | null {
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"]
    .map((name) => join(root, path, name))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) return null;
  const text = readFileSync(file, "utf8").slice(0, 2000);
  if (/Permission is hereby granted, free of charge/.test(text)) return "MIT";
  if (/Apache License\s+Version 2\.0/.test(text)) return "Apache-2.0";
  return /GNU (AFFERO )?GENERAL PUBLIC/i.test(text) ? "GPL" : null;
}
