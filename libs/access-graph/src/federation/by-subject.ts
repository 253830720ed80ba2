import type { CompiledCondition } from "../aws/condition.ts";
import type { TrustEntry } from "../aws/trust.ts";
import { issuerName } from "./workload-token.ts";
import type { Claim, WorkloadToken } from "./workload-token.ts";

interface OfIssuer<T> {
  readonly targets: T[];
  /** Places among the targets by how a subject begins that the target trusts, in lower case. */
  readonly placesByStart: Map<string, number[]>;
  sortedStarts: readonly string[] | null;
}

/**
 * Who trusts tokens of an issuer, by how their subjects begin: ten thousand workflows and a thousand roles that trust the same issuer are not
 * tried with each other. Answers at least those who may let a token in.
 */
export class BySubject<T> {
  readonly #issuers = new Map<string, OfIssuer<T>>();

  add(issuer: string, starts: Iterable<string>, target: T): void {
    const name = issuerName(issuer);
    let known = this.#issuers.get(name);
    if (known === undefined) this.#issuers.set(name, (known = { targets: [], placesByStart: new Map(), sortedStarts: null }));
    const place = known.targets.push(target) - 1;
    known.sortedStarts = null;
    for (const start of new Set(starts)) {
      const places = known.placesByStart.get(start);
      if (places === undefined) known.placesByStart.set(start, [place]);
      else places.push(place);
    }
  }

  /** In the order in which they were added. */
  mayTrust({ issuer, variants }: WorkloadToken): readonly T[] {
    const known = issuer === null ? undefined : this.#issuers.get(issuerName(issuer));
    if (known === undefined) return [];
    const sorted = (known.sortedStarts ??= [...known.placesByStart.keys()].sort());
    const places = new Set<number>();
    for (const start of new Set(variants.map((claims) => startOfClaim(claims.get("sub"))))) {
      for (let length = 0; length < start.length; length += 1)
        for (const place of known.placesByStart.get(start.slice(0, length)) ?? []) places.add(place);
      for (let at = lowerBound(sorted, start); sorted[at]?.startsWith(start) === true; at += 1)
        for (const place of known.placesByStart.get(sorted[at]!)!) places.add(place);
    }
    return [...places].sort((a, b) => a - b).map((place) => known.targets[place]!);
  }
}

/** What every subject begins with that the statement of a trust lets in. */
export function startsOfEntry({ statement, party }: TrustEntry): readonly string[] {
  const issuer = party.kind === "oidc" ? party.issuer : "";
  const asked = statement.conditions.find((condition) => isSubject(condition, issuer));
  return asked === undefined ? [""] : asked.values.map((value) => literalStart(value, asked.operator.toLowerCase().includes("like")));
}

const isSubject = ({ key, operator }: CompiledCondition, issuer: string): boolean =>
  key.toLowerCase() === `${issuer}:sub`.toLowerCase() &&
  /^(?:for(?:any|all)values?:)?string(?:equals|like)(?:ignorecase)?(?:ifexists)?$/i.test(operator);

/** Up to the first variable of the policy language or, in a pattern, its first wildcard. */
const literalStart = (value: string, isPattern: boolean): string =>
  value.slice(0, indexOf(value, isPattern ? /[*?]|\$\{/ : /\$\{/)).toLowerCase();

/** Of a filter, what stands before a mark that makes it optional may be missing. */
function startOfClaim(claim: Claim | undefined): string {
  if (claim === undefined) return "";
  const { pattern, isGitFilter } = claim;
  const end = indexOf(pattern, isGitFilter === true ? /[*?+[\\]/ : /[*?]/);
  return pattern.slice(0, isGitFilter === true && pattern[end] === "?" ? Math.max(0, end - 1) : end).toLowerCase();
}

const indexOf = (text: string, sought: RegExp): number => {
  const at = text.search(sought);
  return at === -1 ? text.length : at;
};

function lowerBound(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
