import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildFolder, claimBuild, dashboardServer, keepBuild, pruneBuilds, withBuildsLock } from "./dashboard-builds.ts";
import { runScript } from "./run-script.ts";

const sources = [
  "package-lock.json",
  "tsconfig.base.json",
  "apps/dashboard/*.{ts,mts,mjs,js,json}",
  "apps/dashboard/{src,public}/**/*",
  "libs/{nhi-model,api-router}/{package.json,src/**/*.ts}",
];

export interface BuiltDashboard {
  readonly server: string;
  /** False when these sources had been built before. */
  readonly built: boolean;
}

/** One build for each state of the sources: an instance keeps the files it started with, whatever is built beside it. */
export async function buildDashboard(root: string, env: NodeJS.ProcessEnv): Promise<BuiltDashboard> {
  return withBuildsLock(root, async () => {
    const hash = hashSources(root);
    const folder = buildFolder(root, hash);
    const server = dashboardServer(folder);
    const built = !existsSync(server);
    if (built) keepBuild(root, hash, await runBuild(root, env));
    claimBuild(folder);
    pruneBuilds(root);
    return { server, built };
  });
}

/** The folder that a server runs from, complete. */
async function runBuild(root: string, env: NodeJS.ProcessEnv): Promise<string> {
  const app = join(root, "apps", "dashboard");
  await runScript("next build", {
    args: [join(root, "node_modules", "next", "dist", "bin", "next"), "build"],
    cwd: app,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const standalone = join(app, ".next", "standalone");
  // The server expects its static files beside it and does not copy them itself.
  const target = join(standalone, "apps", "dashboard");
  cpSync(join(app, ".next", "static"), join(target, ".next", "static"), { recursive: true });
  if (existsSync(join(app, "public"))) cpSync(join(app, "public"), join(target, "public"), { recursive: true });
  return standalone;
}

export function hashSources(root: string): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "next-env.d.ts")
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
