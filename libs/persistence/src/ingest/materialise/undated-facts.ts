import type { Fact, FactMap, FactValue } from "@rollcall/nhi-model";

/**
 * Facts as they are stored. A listing that confirms a value touches no row of the inventory, so a date kept beside the value would be
 * that of whichever delivery happened to be merged last. Readers take the date from the statement of the fact's source.
 */
export function undatedFacts(facts: FactMap): FactMap {
  const stored: Record<string, Fact<FactValue>> = {};
  for (const path in facts) {
    const { observedAt: _at, ...fact } = facts[path]!;
    stored[path] = fact;
  }
  return stored;
}
