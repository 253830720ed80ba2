import { simplest } from "../ways.ts";
import type { Selected } from "./target-class.ts";

/** The least conditional tells the story; all of them are ways. */
export function bestOf(found: readonly Selected[]): Selected | null {
  const best = found.find((selected) => selected.conditions.length === 0) ?? found[0];
  return best === undefined
    ? null
    : {
        ...best,
        ways: simplest(
          found.flatMap((selected) => selected.ways),
          false,
        ) ?? [[]],
      };
}
