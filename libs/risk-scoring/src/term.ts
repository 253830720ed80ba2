import type { BlastRadius } from "@rollcall/access-graph";
import type { NhiRecord } from "@rollcall/nhi-model";
import type { Range } from "./range.ts";
import type { Evidence } from "./rule.ts";

/** The part of a blast radius that the score reads. */
export type ScoredReach = Pick<BlastRadius, "pctMin" | "pctMax" | "tierZeroMin" | "tierZeroMax">;

export interface TermInput {
  readonly record: NhiRecord;
  /** null = no graph was built for this identity: unknown, not zero. */
  readonly reach: ScoredReach | null;
  readonly nowMs: number;
}

export interface TermDefinition {
  readonly id: string;
  readonly label: string;
  readonly group: "impact" | "exposure";
  readonly cap: number;
  points(input: TermInput): Range;
  /** One sentence for the state of things that gave the points. */
  why(input: TermInput, range: Range): string;
  evidence(input: TermInput): readonly Evidence[];
}

const DAY_MS = 86_400_000;

/** Age in days, or undefined when there is no readable time. A time ahead of now has age 0. */
export function ageDays(at: string | undefined, nowMs: number): number | undefined {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? undefined : Math.max(0, (nowMs - time) / DAY_MS);
}
