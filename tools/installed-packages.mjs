import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * True when node_modules holds what package-lock.json asks for. npm writes its own list at the end of an install, so an interrupted one
 * is noticed; packages for other platforms are optional and may be missing.
 */
export function installIsCurrent(root) {
  const installed = read(join(root, "node_modules", ".package-lock.json"));
  const wanted = read(join(root, "package-lock.json"));
  if (installed === null || wanted === null || !lockMatchesManifest(root, wanted)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || !path.includes("node_modules/") || entry.optional || entry.devOptional || entry.peer) return true;
    if (entry.link) return existsSync(join(root, path));
    return installed[path]?.version === entry.version;
  });
}

/** A dependency added to package.json by hand is not in the lock yet: npm ci then says so in its own words. */
function lockMatchesManifest(root, wanted) {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const top = wanted[""] ?? {};
  return ["dependencies", "devDependencies"].every((kind) => {
    const [left, right] = [manifest[kind] ?? {}, top[kind] ?? {}];
    return Object.keys({ ...left, ...right }).every((name) => left[name] === right[name]);
  });
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}
