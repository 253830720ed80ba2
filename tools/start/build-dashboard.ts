import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runScript } from "./run-script.ts";

const sources = [
  "package-lock.json",
  "tsconfig.base.json",
  "apps/dashboard/*.{ts,mts,mjs,js,json}",
  "apps/dashboard/{src,public}/**/*",
  "libs/{nhi-model,api-router}/{package.json,src/**/*.ts}",
];

/** The server that a build leaves; it brings the packages it needs. */
export function dashboardServer(root: string): string {
  return join(root, "apps", "dashboard", ".next", "standalone", "apps", "dashboard", "server.js");
}

/** Builds when a source changed since the last build. True when it built. */
export async function buildDashboard(root: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const app = join(root, "apps", "dashboard");
  const stamp = join(app, ".next", "rollcall-build");
  const hash = hashSources(root);
  if (existsSync(dashboardServer(root)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  rmSync(stamp, { force: true });
  await runScript("next build", {
    args: [join(root, "node_modules", "next", "dist", "bin", "next"), "build"],
    cwd: app,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  copyAssets(app, dirname(dashboardServer(root)));
  writeFileSync(stamp, hash);
  return true;
}

/** The standalone server expects its static files beside it and does not copy them itself. */
function copyAssets(app: string, target: string): void {
  cpSync(join(app, ".next", "static"), join(target, ".next", "static"), { recursive: true });
  if (existsSync(join(app, "public"))) cpSync(join(app, "public"), join(target, "public"), { recursive: true });
}

export function hashSources(root: string): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "next-env.d.ts")
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
