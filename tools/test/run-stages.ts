import type { Stage, StageContext, StageResult } from "./stage.ts";

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

/** Runs every stage, also after a failure: one run shows everything that is wrong. */
export async function runStages(stages: readonly Stage[], context: StageContext): Promise<Totals> {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const stage of stages) {
    const started = Date.now();
    const result = await runSafely(stage, context);
    if (result === null) continue;
    passed += result.passed;
    failed += result.failed;
    const line = summaryLine(stage.name, result, Date.now() - started);
    lines.push(line);
    context.say(line);
  }
  if (lines.length > 1) context.say(["", "Summary", ...lines].join("\n"));
  return { passed, failed };
}

async function runSafely(stage: Stage, context: StageContext): Promise<StageResult | null> {
  try {
    return await stage.run(context);
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, note: error instanceof Error ? error.message : String(error) };
  }
}

function summaryLine(name: string, { passed, failed, skipped, note }: StageResult, elapsedMs: number): string {
  const counts = [`${passed} passed`, ...(failed > 0 ? [`${failed} FAILED`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(
    ", ",
  );
  return `${failed > 0 ? "x" : "+"} ${name.padEnd(16)} ${counts.padEnd(34)} ${(elapsedMs / 1000).toFixed(1).padStart(6)} s${note === undefined ? "" : `  ${note}`}`;
}
