import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

const sources = [
  "package-lock.json",
  "tsconfig.base.json",
  "apps/dashboard/*.{ts,mts,mjs,js,json}",
  "apps/dashboard/{src,public}/**/*",
  "libs/{nhi-model,api-router}/{package.json,src/**/*.ts}",
];

/** Builds when a source changed since the last build. True when it built. */
export async function buildDashboard(root: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const app = join(root, "apps", "dashboard");
  const stamp = join(app, ".next", "rollcall-build");
  const hash = hashSources(root);
  if (existsSync(join(app, ".next", "BUILD_ID")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  await runScript("next build", {
    args: [join(root, "node_modules", "next", "dist", "bin", "next"), "build"],
    cwd: app,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(stamp, hash);
  return true;
}

export function hashSources(root: string): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "next-env.d.ts")
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
