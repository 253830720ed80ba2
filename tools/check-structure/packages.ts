import { depConstraints } from "./dep-constraints.ts";
import type { SourceFile, Violation } from "./violation.ts";

interface Manifest {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

const allowedExports: Readonly<Record<string, string>> = { ".": "./src/index.ts", "./testing": "./src/testing/index.ts" };

/** Every project falls under a boundary rule, shows one entry (and one for tests), and leaves versions to the root. */
export function checkPackages(files: readonly SourceFile[]): Violation[] {
  const manifests = files.filter(({ path }) => /^(apps|libs)\/[^/]+\/package\.json$/.test(path));
  const wildcard = depConstraints.some(({ sourceTag, onlyDependOnLibsWithTags }) =>
    [sourceTag, ...onlyDependOnLibsWithTags].some((tag) => tag.includes("*")),
  );
  const rules: Violation[] = wildcard
    ? [{ path: "tools/check-structure/dep-constraints.ts", line: null, message: "a boundary rule may not match a wildcard" }]
    : [];
  return [...rules, ...manifests.flatMap(checkManifest)];
}

function checkManifest({ path, text }: SourceFile): Violation[] {
  const manifest = JSON.parse(text) as Manifest;
  const found: string[] = [];
  const tags = manifest.nx?.tags ?? [];
  if (!depConstraints.some(({ sourceTag }) => tags.includes(sourceTag))) found.push("no tag of this project has a boundary rule");
  for (const [entry, target] of Object.entries(manifest.exports ?? {})) {
    if (allowedExports[entry] !== target) found.push(`the entry "${entry}" is not one of "." and "./testing"`);
  }
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (!name.startsWith("@rollcall/")) found.push(`${name} belongs into the root package.json: one version for the whole house`);
  }
  return found.map((message) => ({ path, line: null, message }));
}
