import { byText } from "../order.ts";
import type { ArnIndex } from "./arn-index.ts";
import type { PolicySet } from "./evaluate.ts";
import { coversPrefix } from "./glob.ts";
import type { CompiledStatement } from "./policy.ts";
import { expandVariables } from "./variables.ts";

/** Things with an ARN, all of which begin alike. */
interface Members<T> {
  readonly prefix: string;
  readonly members: readonly T[];
  readonly index: ArnIndex<T & { readonly arn: string }>;
}

/**
 * Members that the policies may allow an action on at all, sorted by ARN; the decision is still to be taken for each. Every layer has to
 * allow a member, and a deny of all others allows none of them, so whatever names the fewest decides how many are asked about.
 */
export function namedMembers<T extends { readonly arn: string }>(policies: PolicySet, lowerAction: string, all: Members<T>): readonly T[] {
  let fewest: ReadonlySet<T> | null = null;
  for (const patterns of bounds(policies, lowerAction)) {
    const found = meant(patterns, policies, all);
    if (found !== null && (fewest === null || found.size < fewest.size)) fewest = found;
  }
  return fewest === null ? all.members : [...fewest].sort((a, b) => byText(a.arn, b.arn));
}

/** Each a list of patterns of which one must fit whatever is allowed. */
function bounds({ identity, ceilings }: PolicySet, lowerAction: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const layer of [identity, ...ceilings.map((ceiling) => [ceiling])]) {
    const matching = layer.map(({ policy }) => policy.matching(lowerAction));
    const allows = matching.flatMap((each) => each.allows);
    if (allows.every(({ notResources }) => notResources === null)) found.push(allows.flatMap(({ resources }) => resources));
    for (const { denies } of matching) for (const deny of denies) if (isCertain(deny)) found.push(deny.notResources ?? []);
  }
  return found;
}

const isCertain = ({ notResources, conditions }: CompiledStatement): boolean => notResources !== null && conditions.length === 0;

/** Null when the patterns mean all. */
function meant<T extends { readonly arn: string }>(
  patterns: readonly string[],
  { variables }: PolicySet,
  { prefix, index }: Members<T>,
): ReadonlySet<T> | null {
  const expanded = [...new Set(patterns.map((pattern) => expandVariables(pattern, variables)))];
  if (expanded.some((pattern) => coversPrefix(pattern, prefix))) return null;
  return new Set(expanded.flatMap((pattern) => index.matching(pattern)));
}
