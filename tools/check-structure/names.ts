import type { Violation } from "./violation.ts";

const bannedFolders = new Set(["utils", "util", "helpers", "helper", "common", "shared", "misc"]);
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Next names routes by folder: [id], [...rest], (group), @slot, _private.
const nextFolder = /^(\[{1,2}(\.{3})?[a-z][A-Za-z0-9-]*\]{1,2}|\([a-z0-9-]+\)|@[a-z0-9-]+|_[a-z0-9-]+)$/;
const checkedRoots = /^(apps|libs|tools|e2e)\//;
const freeFileNames = new Set(["README.md", "Dockerfile", "CHANGELOG.md", "LICENSE", ".gitignore", ".gitkeep"]);

/** Files and folders are kebab-case, and no folder is named after nothing in particular. */
export function checkNames(paths: readonly string[]): Violation[] {
  return paths.filter((path) => checkedRoots.test(path) && !path.includes("/generated/")).flatMap(checkPath);
}

function checkPath(path: string): Violation[] {
  const parts = path.split("/");
  const file = parts.pop()!;
  const found: Violation[] = [];
  const isData = /\/(fixtures|worlds|catalogues|migrations)\//.test(path);
  for (const folder of parts) {
    if (bannedFolders.has(folder))
      found.push({ path, line: null, message: `the folder name "${folder}" says nothing; name it after what is in it` });
    else if (!isData && !kebab.test(folder) && !nextFolder.test(folder))
      found.push({ path, line: null, message: `the folder "${folder}" is not kebab-case` });
  }
  const stem = file.replace(/^\.+/, "").split(".")[0]!;
  if (!isData && !freeFileNames.has(file) && !kebab.test(stem))
    found.push({ path, line: null, message: `the file name "${file}" is not kebab-case` });
  return found;
}
