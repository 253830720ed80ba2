import type { CompiledCondition, Effect, Truth } from "../aws/condition.ts";
import { describeCondition } from "../aws/condition.ts";
import { both } from "../aws/authorize/request-facts.ts";
import { coversPattern, hasWildcard } from "../aws/glob.ts";
import type { CompiledStatement } from "../aws/policy.ts";
import { undenied } from "../aws/trust.ts";
import type { TrustEntry } from "../aws/trust.ts";
import { globsIntersect } from "./globs-intersect.ts";
import { claimTruth, mayConcern } from "./workload-token.ts";
import type { Claim } from "./workload-token.ts";

export interface StrangersLetIn {
  readonly subject: string;
  /** What stays open, in words. */
  readonly conditions: readonly string[];
}

/**
 * Whom of those whose subject fits a pattern a trust lets in. They choose their subject inside it, and their audience; what else their token
 * says is not known. A deny of every subject but some leaves those.
 */
export function openToStrangers(entry: TrustEntry, issuer: string, subject: string): readonly StrangersLetIn[] {
  const subjectKey = `${issuer}:sub`.toLowerCase();
  const claims = new Map<string, Claim>([
    [subjectKey, { pattern: subject, chosen: true }],
    [`${issuer}:aud`.toLowerCase(), { pattern: "*", chosen: true }],
  ]);
  const truthOf = (condition: CompiledCondition, effect: Effect): Truth => {
    const claim = claims.get(condition.key.toLowerCase());
    return claim === undefined ? "maybe" : claimTruth(condition, claim, effect);
  };
  const conditions: string[] = [];
  for (const condition of entry.statement.conditions) {
    const truth = truthOf(condition, "Allow");
    if (truth === "no") return [];
    if (truth === "maybe") conditions.push(describeCondition(condition));
  }
  const partly: CompiledStatement[] = [];
  let left: ReadonlyMap<string, readonly string[]> = new Map([[subject, []]]);
  for (const deny of entry.denies) {
    const truth = deny.conditions.map((condition) => truthOf(condition, "Deny")).reduce(both, "yes");
    if (truth === "no" || !mayConcern(deny, issuer)) continue;
    if (truth === "yes" && deny.principals !== null) return [];
    const only = deny.conditions.length === 1 && deny.principals !== null ? subjectsOf(deny.conditions[0]!, subjectKey) : null;
    if (only === null) conditions.push(undenied(deny));
    else if (only.isNegated) left = whatStays(left, only.values, deny);
    else partly.push(deny);
  }
  // Outside of one pattern there is a subject left to choose; several together might leave none.
  if (partly.length > 1) conditions.push(...partly.map(undenied));
  return [...left].map(([each, own]) => ({ subject: each, conditions: [...conditions, ...own] }));
}

/** Of the subjects those among the values: as the value says them where it is narrower, and perhaps where each is narrower in one place. */
function whatStays(
  left: ReadonlyMap<string, readonly string[]>,
  values: readonly string[],
  deny: CompiledStatement,
): ReadonlyMap<string, readonly string[]> {
  const stays = new Map<string, readonly string[]>();
  const keep = (pattern: string, conditions: readonly string[]): void => {
    const known = stays.get(pattern);
    if (known === undefined || conditions.length < known.length) stays.set(pattern, conditions);
  };
  for (const [each, own] of left)
    for (const value of values) {
      if (coversPattern(each, value)) keep(value, own);
      else if (globsIntersect(each, value)) keep(each, [...own, undenied(deny)]);
    }
  return stays;
}

/** The subjects that a condition speaks of; null when it says something else. */
function subjectsOf(
  { key, operator, values }: CompiledCondition,
  subjectKey: string,
): { isNegated: boolean; values: readonly string[] } | null {
  const named = /^string(not)?(equals|like)(?:ifexists)?$/i.exec(operator);
  if (key.toLowerCase() !== subjectKey || named === null || values.some((value) => value.includes("${"))) return null;
  return {
    isNegated: named[1] !== undefined,
    values: named[2]!.toLowerCase() === "like" ? values : values.filter((value) => !hasWildcard(value)),
  };
}
