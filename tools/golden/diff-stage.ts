import type { Stage } from "./stages.ts";

export interface Difference {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const leaves = (value: unknown, path: readonly string[], into: Map<string, string>): Map<string, string> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    for (const [key, child] of entries) leaves(child, [...path, key], into);
    if (entries.length === 0) into.set(path.join(" › "), "{}");
  } else if (value !== undefined) into.set(path.join(" › "), JSON.stringify(value));
  return into;
};

/** Leaves that differ, by path. Both stages are compared as JSON: what a file cannot hold does not differ. */
export const diffStage = (before: Stage, after: Stage): readonly Difference[] => {
  const [old, fresh] = [leaves(before, [], new Map()), leaves(after, [], new Map())];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .sort()
    .flatMap((path) => (old.get(path) === fresh.get(path) ? [] : [{ path, before: old.get(path), after: fresh.get(path) }]));
};

/** Longest piece of one value that is shown. */
const SHOWN_CHARACTERS = 160;
const shown = (text: string): string => (text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);

export const printDifference = ({ path, before, after }: Difference): string =>
  [
    `  ${path}`,
    ...(before === undefined ? [] : [`    - ${shown(before)}`]),
    ...(after === undefined ? [] : [`    + ${shown(after)}`]),
  ].join("\n");
