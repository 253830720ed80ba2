import { z } from "zod";
import type { ClaimCondition } from "@rollcall/posture-pipeline";

const longestClaim = 1_024;

export const claimCondition = z
  .strictObject({
    claim: z.string().regex(/^[\w.:/-]{1,128}$/, { error: "is not the name of a claim" }),
    match: z.enum(["exact", "glob"]),
    value: z.string().min(1).max(256),
  })
  .refine(({ match, value }) => match === "exact" || literalsOf(value) >= 3, {
    error: "A glob needs at least three characters that are no wildcard",
  });

const literalsOf = (glob: string): number => glob.replaceAll("*", "").length;

/** Issuers that sign for everybody: without one of these claims a trust would let strangers in. */
const shared: readonly { readonly issuer: RegExp; readonly oneOf: readonly string[] }[] = [
  {
    issuer: /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/,
    oneOf: ["sub", "repository", "repository_id", "repository_owner", "repository_owner_id", "enterprise", "enterprise_id"],
  },
  { issuer: /^https:\/\/gitlab\.com$/, oneOf: ["sub", "project_path", "project_id", "namespace_path", "namespace_id"] },
  {
    issuer:
      /^https:\/\/(?:accounts\.google\.com|app\.terraform\.io|vstoken\.dev\.azure\.com|oidc\.circleci\.com|agent\.buildkite\.com)(?:\/|$)/,
    oneOf: ["sub"],
  },
];

export const isSharedIssuer = (issuer: string): boolean => shared.some((one) => one.issuer.test(issuer));

/** In words what is missing for this issuer, or null. */
export function missingPin(issuer: string, conditions: readonly ClaimCondition[]): string | null {
  const rule = shared.find((one) => one.issuer.test(issuer));
  if (rule === undefined || conditions.some(({ claim }) => rule.oneOf.includes(claim))) return null;
  return `This issuer signs for everybody. Add a condition on ${rule.oneOf.slice(0, 3).join(", ")}, so that only yours come in`;
}

/** The first condition that the claims do not meet, or null. */
export function unmetCondition(conditions: readonly ClaimCondition[], claims: Readonly<Record<string, unknown>>): ClaimCondition | null {
  return (
    conditions.find((condition) => !holds(condition, Object.hasOwn(claims, condition.claim) ? claims[condition.claim] : undefined)) ?? null
  );
}

function holds({ match, value }: ClaimCondition, claim: unknown): boolean {
  const stated = Array.isArray(claim) ? claim : [claim];
  return stated
    .filter((item) => typeof item === "string" || typeof item === "number" || typeof item === "boolean")
    .map(String)
    .some((text) => text.length <= longestClaim && (match === "exact" ? text === value : globMatches(value, text)));
}

/** `*` is anything but `/` and `:`, `**` is anything. By columns of a table: no pattern makes it slow. */
export function globMatches(glob: string, text: string): boolean {
  const tokens = glob.match(/\*\*|\*|[^*]/gsu) ?? [];
  const characters = Array.from(text);
  let reached = characters.map(() => false);
  reached.unshift(true);
  for (const token of tokens) {
    const next = reached.map(() => false);
    for (let at = 0; at <= characters.length; at += 1) {
      const character = characters[at - 1];
      if (token === "**" || token === "*") {
        const passes = token === "**" || (character !== "/" && character !== ":");
        next[at] = reached[at] === true || (at > 0 && passes && next[at - 1] === true);
      } else next[at] = at > 0 && character === token && reached[at - 1] === true;
    }
    reached = next;
  }
  return reached[characters.length] === true;
}
