import { generateEstate } from "@rollcall/connectors";
import type { Estate } from "@rollcall/connectors";

/** Fixed, so that two people who run a bench measure the same input. */
export const BENCH_SEED = 1;
export const BENCH_AS_OF = "2026-11-20T00:00:00.000Z";

export const SIZES = { "1k": 1_000, "10k": 10_000, "100k": 100_000 } as const;
export type Size = keyof typeof SIZES;

export const estateForBench = (size: Size): Estate => generateEstate({ identities: SIZES[size], seed: BENCH_SEED, asOf: BENCH_AS_OF });
