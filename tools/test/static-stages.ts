import { existsSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./run-command.ts";
import type { Stage, StageContext, StageResult } from "./stage.ts";

/** Checks of the source as it stands. Each counts as one test. */
export const staticStages: readonly Stage[] = [
  check("format", ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."]),
  check("lint", ["node_modules/oxlint/bin/oxlint", "--type-aware", "--quiet"]),
  check("boundaries", ["node_modules/eslint/bin/eslint.js", "--quiet", "libs", "apps"]),
  check("cycles", ["node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", "libs", "apps/api", "apps/worker", "tools"]),
  check("structure", ["tools/check-structure/main.ts"]),
  check("types", ["node_modules/@typescript/native/bin/tsc", "-p", "tsconfig.json"]),
  { name: "types-dashboard", run: dashboardTypes },
];

function check(name: string, args: readonly string[]): Stage {
  return { name, run: async (context) => (context.filter === null ? report(context, await runNode(args, { cwd: context.root })) : null) };
}

/** Next writes the types of its routes first. */
async function dashboardTypes(context: StageContext): Promise<StageResult | null> {
  if (context.filter !== null) return null;
  const app = join(context.root, "apps", "dashboard");
  const next = join(context.root, "node_modules", "next", "dist", "bin", "next");
  const typegen = await runNode([next, "typegen"], { cwd: app, env: { NEXT_TELEMETRY_DISABLED: "1" } });
  if (!typegen.ok) return report(context, typegen);
  const tsc = join(context.root, "node_modules", "@typescript", "native", "bin", "tsc");
  if (!existsSync(join(app, "tsconfig.json"))) return { passed: 0, failed: 1, skipped: 0, note: "apps/dashboard/tsconfig.json is missing" };
  return report(context, await runNode([tsc, "-p", "tsconfig.json", "--noEmit"], { cwd: app }));
}

function report(context: StageContext, result: { ok: boolean; output: string }): StageResult {
  if (!result.ok) context.say(result.output.trimEnd());
  return { passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, skipped: 0 };
}
