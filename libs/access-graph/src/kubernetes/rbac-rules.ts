import { isRecord } from "../is-record.ts";
import type { Ground } from "../types.ts";
import { statementGround } from "../ways.ts";

export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Empty = every name. */
  readonly resourceNames: readonly string[];
  /** The role that states it and its place there, for whoever wants to take it away; absent for rules that every cluster ships. */
  readonly ground?: Ground;
}

/** One permission asked for: any of the verbs on the resource (`pods`, `pods/exec`). */
export interface RbacNeed {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** What a rule limited to object names is worth: `narrow` = the gain is those objects, `any` = one object is enough for the whole gain, absent = nothing. */
  readonly named?: "narrow" | "any";
  /** Of the named objects only these count. */
  readonly names?: readonly string[];
  /** The object is in no namespace, so only a grant for the whole cluster counts; the other needs may be met inside one. */
  readonly inCluster?: boolean;
}

/** Rules of the role `ref`; null when the value is not a list of rules. Rules on URLs instead of resources are dropped: they reach no object. */
export function readRules(value: unknown, ref: string): RbacRule[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((rule: unknown, index): RbacRule[] => {
    if (!isRecord(rule) || !Array.isArray(rule["resources"])) return [];
    return [
      {
        apiGroups: texts(rule["apiGroups"]),
        resources: texts(rule["resources"]),
        verbs: texts(rule["verbs"]),
        resourceNames: texts(rule["resourceNames"]),
        ground: statementGround(ref, `rule ${index + 1}`),
      },
    ];
  });
}

export const isEverything = (rule: RbacRule): boolean =>
  rule.verbs.includes("*") && rule.resources.includes("*") && rule.apiGroups.includes("*") && rule.resourceNames.length === 0;

export const isWildcard = (rule: RbacRule): boolean =>
  rule.verbs.includes("*") || rule.resources.includes("*") || rule.apiGroups.includes("*");

/** Names for which the rules grant the need: "all", some names, or null for none. */
export function grantedNames(rules: readonly RbacRule[], need: RbacNeed): "all" | readonly string[] | null {
  const granting = rules.filter((rule) => grants(rule, need));
  if (granting.length === 0) return null;
  if (granting.some(({ resourceNames }) => resourceNames.length === 0)) return "all";
  const names = new Set(granting.flatMap(({ resourceNames }) => resourceNames));
  const counting = [...names].filter((name) => need.names === undefined || need.names.includes(name));
  return counting.length === 0 ? null : counting.sort();
}

/** Each rule that grants the need by itself, as what would have to go. */
export const grantingRules = (rules: readonly RbacRule[], need: RbacNeed): readonly (readonly Ground[])[] =>
  rules
    .filter((rule) => grants(rule, need) && (need.named !== undefined || rule.resourceNames.length === 0))
    .map(({ ground }) => (ground === undefined ? [] : [ground]));

function grants(rule: RbacRule, { apiGroup, resource, verbs }: RbacNeed): boolean {
  if (!rule.apiGroups.includes("*") && !rule.apiGroups.includes(apiGroup)) return false;
  const slash = resource.indexOf("/");
  // The name of a new object is not part of the request: a rule with names never allows creating one (but a new subresource has a named parent).
  const usable = rule.resourceNames.length > 0 && slash === -1 ? verbs.filter((verb) => verb !== "create") : verbs;
  if (!(rule.verbs.includes("*") ? usable.length > 0 : usable.some((verb) => rule.verbs.includes(verb)))) return false;
  return (
    rule.resources.includes("*") ||
    rule.resources.includes(resource) ||
    (slash !== -1 && rule.resources.includes(`*${resource.slice(slash)}`))
  );
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);
