import type { Stage } from "./stage.ts";

export interface Selection {
  readonly stages: readonly Stage[];
  readonly filter: string | null;
}

/** Names of stages select them; one other word filters test files by path. Both together narrow each other. */
export function selectStages(all: readonly Stage[], args: readonly string[]): Selection {
  const named = all.filter(({ name }) => args.includes(name));
  const filter = args.find((word) => !all.some(({ name }) => name === word)) ?? null;
  return { stages: named.length > 0 ? named : all, filter };
}
