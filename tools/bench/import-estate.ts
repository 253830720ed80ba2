import { createLogger } from "@rollcall/platform";
import { mergeObservations, planRemovals, syncOf } from "@rollcall/posture-pipeline";
import type { ApplyResult, ParsedImport } from "@rollcall/posture-pipeline";
import type { BenchDatabase } from "./bench-database.ts";
import { measure } from "./measure.ts";

export interface ImportTimes {
  readonly syncs: number;
  readonly rows: number;
  readonly stageMs: number;
  readonly planMs: number;
  readonly applyMs: number;
  readonly materialiseMs: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

const HOUR_MS = 3_600_000;

/** The same estate as a later listing; `change` may alter a share of the observations on the way. */
export function* later(
  imports: Iterable<ParsedImport>,
  hours: number,
  change: (observation: ParsedImport["observations"] extends Iterable<infer O> ? O : never) => typeof observation = (o) => o,
): Generator<ParsedImport> {
  for (const source of imports) {
    const asOf = new Date(Date.parse(source.asOf) + hours * HOUR_MS).toISOString();
    const { observations } = source;
    yield {
      ...source,
      asOf,
      reports: source.reports.map((report) => ({ ...report, observedAt: asOf })),
      observations: {
        *[Symbol.iterator]() {
          for (const observation of observations) yield change(observation);
        },
      },
    };
  }
}

/** The steps of a real ingest, one source after the other, each timed. */
export async function importEstate({ stores, workspaceId }: BenchDatabase, imports: Iterable<ParsedImport>): Promise<ImportTimes> {
  const ingestionId = await stores.ingestions.createIngestion(workspaceId, { files: ["bench"], origin: "import", createdBy: null });
  const sum = { syncs: 0, rows: 0, stageMs: 0, planMs: 0, applyMs: 0, materialiseMs: 0, added: 0, changed: 0, unchanged: 0 };
  for (const parsed of imports) {
    const staged = await measure(() =>
      stores.ingest.stageSync(workspaceId, syncOf(parsed, { ingestionId, origin: "import" }), parsed.observations),
    );
    const syncId = staged.value.id;
    const planned = await measure(() => stores.ingest.plan(workspaceId, syncId));
    const { removalScopeIds } = planRemovals(planned.value);
    const applied = await measure((): Promise<ApplyResult> => stores.ingest.apply(workspaceId, staged.value, removalScopeIds));
    const merged = await measure(() => stores.ingest.materialise(workspaceId, staged.value, mergeObservations));
    await stores.ingest.setStatus(workspaceId, staged.value, "completed");
    const { added, changed, unchanged } = applied.value;
    sum.syncs += 1;
    sum.rows += added + changed + unchanged;
    sum.added += added;
    sum.changed += changed;
    sum.unchanged += unchanged;
    sum.stageMs += staged.wallMs;
    sum.planMs += planned.wallMs;
    sum.applyMs += applied.wallMs;
    sum.materialiseMs += merged.wallMs;
  }
  return sum;
}

/** The log of a bench is its table. */
export const quietLogger = createLogger("bench", { level: "warn" });
