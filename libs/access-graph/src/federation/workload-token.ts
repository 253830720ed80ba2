import { describeCondition } from "../aws/condition.ts";
import type { CompiledCondition, Effect, RequestContext, RequestFacts, Truth } from "../aws/condition.ts";
import { both } from "../aws/authorize/request-facts.ts";
import { coversPattern, globMatches, hasWildcard } from "../aws/glob.ts";
import type { CompiledStatement } from "../aws/policy.ts";
import { undenied } from "../aws/trust.ts";
import type { TrustEntry } from "../aws/trust.ts";
import type { Alternative } from "../types.ts";
import { openGround, statementGround } from "../ways.ts";
import { globsIntersect } from "./globs-intersect.ts";
import { compareLanguages, exactLanguage, gitFilterLanguage, globLanguage } from "./text-language.ts";

/** One claim of a token. A pattern with wildcards: the holder can have any value of it (`chosen`), or has one that is not known. */
export interface Claim {
  readonly pattern: string;
  readonly chosen: boolean;
  /** Values it never has although the pattern fits. */
  readonly except?: readonly string[];
  /** The patterns are filters of branches and tags, whose stars stop at slashes. */
  readonly isGitFilter?: boolean;
}

/** What the tokens of a workload say: one claim set per way in which it gets one (a job, a trigger). Claims that are missing are not known. */
export interface WorkloadToken {
  /** Host and path, without `https://`; null when it is not known. */
  readonly issuer: string | null;
  readonly variants: readonly ReadonlyMap<string, Claim>[];
}

export interface Acceptance {
  readonly statement: string;
  /** The claim set that is let in best. */
  readonly claims: ReadonlyMap<string, Claim>;
  readonly conditions: readonly string[];
  /** Every statement that lets it in, and whether for certain: the way closes with the last of them. */
  readonly statements: readonly { readonly id: string; readonly certain: boolean }[];
}

export const exactly = (value: string): Claim => ({ pattern: value, chosen: true });

/** The best way in that a role's trust offers the workload: unconditional before conditional; null when no statement can let it in. */
export function acceptedBy(entries: readonly TrustEntry[], token: WorkloadToken): Acceptance | null {
  let best: Omit<Acceptance, "statements"> | null = null;
  const certain = new Map<string, boolean>();
  for (const entry of entries) {
    const { party } = entry;
    if (party.kind !== "oidc" || (token.issuer !== null && !sameIssuer(token.issuer, party.issuer))) continue;
    for (const claims of token.variants) {
      const open = openConditions(entry, party.issuer, claims);
      if (open !== null) certain.set(entry.statement.id, open.length === 0 || certain.get(entry.statement.id) === true);
      if (open !== null && (best === null || open.length < best.conditions.length))
        best = { statement: entry.statement.id, claims, conditions: open };
    }
  }
  return best === null ? null : { ...best, statements: [...certain].map(([id, isCertain]) => ({ id, certain: isCertain })) };
}

/** The need that some statement of the role's trust still lets the workload in. */
export const trustNeed = (arn: string, statements: Acceptance["statements"]): readonly Alternative[] =>
  statements.map(({ id, certain }) => (certain ? [statementGround(arn, id)] : [openGround, statementGround(arn, id)]));

export const sameIssuer = (a: string, b: string): boolean => issuerName(a) === issuerName(b);
/** Host and path in one spelling. */
export const issuerName = (issuer: string): string =>
  issuer
    .replace(/^https:\/\//, "")
    .replace(/\/+$/, "")
    .toLowerCase();

/** Conditions that stay open, in words; null when one of them cannot hold, or a deny meets the token for certain. */
function openConditions(entry: TrustEntry, issuer: string, claims: ReadonlyMap<string, Claim>): string[] | null {
  const prefix = `${issuer}:`.toLowerCase();
  const truthOf = (condition: CompiledCondition, effect: Effect): Truth => {
    const key = condition.key.toLowerCase();
    const claim = key.startsWith(prefix) ? claims.get(key.slice(prefix.length)) : undefined;
    return claim === undefined ? "maybe" : claimTruth(condition, claim, effect);
  };
  const open: string[] = [];
  for (const deny of entry.denies) {
    const truth = deny.conditions.map((condition) => truthOf(condition, "Deny")).reduce(both, "yes");
    if (truth === "no" || !mayConcern(deny, issuer)) continue;
    if (truth === "yes" && deny.principals !== null) return null;
    open.push(undenied(deny));
  }
  for (const condition of entry.statement.conditions) {
    const truth = truthOf(condition, "Allow");
    if (truth === "no") return null;
    if (truth === "maybe") open.push(describeCondition(condition));
  }
  return open;
}

export const isProvider = (value: string, issuer: string): boolean => value === issuer || value.endsWith(`:oidc-provider/${issuer}`);

/** A deny that names other principals does not meet those whom the provider vouches for. */
export const mayConcern = ({ principals }: Pick<CompiledStatement, "principals">, issuer: string): boolean =>
  principals === null || principals.some(({ value }) => value === "*" || isProvider(value, issuer));

/** What a request says, and nothing about who makes it: what else it would say is not known. */
export const factsOf = (context: RequestContext): RequestFacts => ({ context, principal: new Map(), complete: false });

export function claimTruth(condition: CompiledCondition, claim: Claim, effect: Effect): Truth {
  if (!hasWildcard(claim.pattern) && claim.isGitFilter !== true)
    return condition.truth(factsOf(new Map([[condition.key.toLowerCase(), [claim.pattern]]])), effect);
  const operator = /^(?:for(?:any|all)values?:)?string(not)?(equals|like)(ignorecase)?(?:ifexists)?$/.exec(
    condition.operator.toLowerCase(),
  );
  if (operator === null || condition.values.some((value) => value.includes("${"))) return "maybe";
  const [, isNegated, kind, isFolded] = operator;
  const covered = (claim.isGitFilter === true ? filterSharedBy : sharedBy)(claim, condition.values, {
    isPattern: kind === "like",
    isFolded: isFolded !== undefined,
  });
  if (covered !== "some") return (covered === "all") === (isNegated === undefined) ? "yes" : "no";
  // The holder takes a value that is let in; whether it can be one that no deny meets as well, is left open.
  return claim.chosen && effect === "Allow" ? "yes" : "maybe";
}

type Shared = "all" | "some" | "none";

interface Comparison {
  readonly isPattern: boolean;
  readonly isFolded: boolean;
}

/** Whether the claim may have this very value. */
export const canBe = ({ pattern, isGitFilter, except = [] }: Claim, value: string): boolean =>
  isGitFilter === true
    ? filterSharedBy({ pattern, chosen: true, except }, [value], { isPattern: false, isFolded: false }) !== "none"
    : globMatches(pattern, value);

/** The same for a filter of branches and tags; what is too tangled to compare is taken for possible. */
function filterSharedBy({ pattern, except = [] }: Claim, values: readonly string[], { isPattern, isFolded }: Comparison): Shared {
  const fold = (text: string): string => (isFolded ? text.toLowerCase() : text);
  const own = gitFilterLanguage(fold(pattern));
  const kept = except.map((each) => gitFilterLanguage(fold(each)));
  const left = values
    .map((value) => (isPattern ? globLanguage : exactLanguage)(fold(value)))
    .filter((value) => !kept.some((each) => compareLanguages(each, value)?.covers === true));
  const found = left.map((value) => compareLanguages(value, own));
  if (found.some((each) => each?.covers === true)) return "all";
  return found.some((each) => each === null || each.meets) ? "some" : "none";
}

/** A trust policy of AWS has no room for a longer value, and no token a longer claim. */
export const longestClaim = 4_096;

/** How many of the values that the claim may have are among those of a condition. */
function sharedBy({ pattern, except = [] }: Claim, values: readonly string[], { isPattern, isFolded }: Comparison): Shared {
  const fold = (text: string): string => (isFolded ? text.toLowerCase() : text);
  const own = fold(pattern);
  const left = values
    .filter((value) => value.length <= longestClaim)
    .map(fold)
    .filter((value) => !except.some((each) => (isPattern ? coversPattern : globMatches)(fold(each), value)));
  if (isPattern && left.some((value) => coversPattern(value, own))) return "all";
  return left.some((value) => (isPattern ? globsIntersect(value, own) : globMatches(own, value))) ? "some" : "none";
}
