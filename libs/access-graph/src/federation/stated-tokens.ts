import { isRecord } from "../is-record.ts";
import { longestClaim } from "./workload-token.ts";
import type { Claim, WorkloadToken } from "./workload-token.ts";

/**
 * The tokens that an identity or resource can get, as sources state them in `attributes.oidcTokens`: a list of
 * `{issuer, claims: {sub, ...}, open: [...]}`. A claim may be a pattern with `*`: the holder can have any value of it, or, when its name is
 * in `open`, has one of them that the source does not know. `except: {sub: [...]}` are values that it never has. Names in
 * `filters` hold patterns of branch and tag filters instead, whose stars stop at slashes. One set of claims per way of getting a token.
 */
export function statedTokens(attributes: Readonly<Record<string, unknown>>): readonly WorkloadToken[] {
  const stated = attributes["oidcTokens"];
  if (!Array.isArray(stated)) return [];
  const variants = new Map<string, ReadonlyMap<string, Claim>[]>();
  for (const token of stated.filter(isRecord)) {
    const { issuer, claims } = token;
    if (typeof issuer !== "string" || issuer === "" || !isRecord(claims)) continue;
    const open: readonly unknown[] = Array.isArray(token["open"]) ? token["open"] : [];
    const filters: readonly unknown[] = Array.isArray(token["filters"]) ? token["filters"] : [];
    const except = isRecord(token["except"]) ? token["except"] : {};
    const own = new Map(
      Object.entries(claims).flatMap(([name, value]) =>
        typeof value === "string" && value.length <= longestClaim
          ? [
              [
                name.toLowerCase(),
                { pattern: value, chosen: !open.includes(name), except: textsOf(except[name]), isGitFilter: filters.includes(name) },
              ] as const,
            ]
          : [],
      ),
    );
    variants.set(issuer, [...(variants.get(issuer) ?? []), own]);
  }
  return [...variants].map(([issuer, own]) => ({ issuer, variants: own }));
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
