import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { e2eStage } from "./e2e-stage.ts";
import { runStages } from "./run-stages.ts";
import { selectStages } from "./select-stages.ts";
import { staticStages } from "./static-stages.ts";
import { vitestStages } from "./vitest-stages.ts";

const root = dirname(dirname(import.meta.dirname));
const reportDir = join(root, "test-results", "stages");
const all = [...staticStages, ...vitestStages, e2eStage];

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(
    `Usage: npm test [-- STAGE...|PATH]\n\n  stages: ${all.map(({ name }) => name).join(" ")}\n  or part of a test file's path\n`,
  );
  process.exit(0);
}
const { stages, filter } = selectStages(all, args);
rmSync(reportDir, { recursive: true, force: true });
mkdirSync(reportDir, { recursive: true });
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.on(signal, () => process.exit(code));

const isCi = !["", "0", "false"].includes(process.env["CI"] ?? "");
const totals = await runStages(stages, { root, filter, reportDir, isCi, say: (text) => void process.stdout.write(`${text}\n`) });
if (totals.passed + totals.failed === 0) process.stdout.write(`nothing matches ${args.join(" ")}\n`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
