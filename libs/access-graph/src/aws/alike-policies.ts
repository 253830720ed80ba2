import { byText } from "../order.ts";
import { colonsOf } from "./arn.ts";
import type { DataService } from "./data-services.ts";
import { lowerAction } from "./action-name.ts";
import { coversPrefix, hasWildcard, touchesPrefix } from "./glob.ts";
import type { CompiledStatement } from "./policy.ts";
import type { PolicedResource } from "./resource-policy-edges.ts";
import { roleKeyOf, sessionOf } from "./session-arn.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** Resources of one kind in one account and region whose policies say the same, each of itself, to whom none of them names. */
export interface AlikePolicies {
  readonly service: DataService;
  readonly owner: string;
  /** How the ARN of each begins. */
  readonly prefix: string;
  /** Sorted by ARN; what is true of the first is true of all for whoever `isAlikeTo` and is not named. */
  readonly members: readonly PolicedResource[];
  /** A member without what its policy gives to principals that it names. */
  readonly toUnnamed: (member: PolicedResource) => PolicedResource;
  /** Lower case. */
  readonly actions: readonly string[];
}

/** With fewer, a node between them and who reaches them would make nothing simpler. */
const fewestMembers = 4;

/** Policies as a template gives them to every key or bucket: who may do something with all of these is one edge, not one for each. */
export function alikePolicies(resources: Iterable<PolicedResource>): ReadonlyMap<PolicedResource, AlikePolicies> {
  const byTemplate = Map.groupBy(resources, (resource) => templateOf(resource));
  const found = new Map<PolicedResource, AlikePolicies>();
  for (const [template, alike] of byTemplate) {
    if (template === null || alike.length < fewestMembers) continue;
    const members = alike.toSorted((a, b) => byText(a.arn, b.arn));
    const { service, owner } = members[0]!;
    const actions = [...new Set(Object.values(service.actions).flat().map(lowerAction))];
    const group = { service, owner, prefix: prefixOf(members[0]!)!, members, actions, toUnnamed: remembered(withoutNamings) };
    for (const member of members) found.set(member, group);
  }
  return found;
}

/** Whether the policy gives something to the principal by its own name. */
export function namesPrincipal({ policy }: PolicedResource, arn: string): boolean {
  const role = roleKeyOf(arn);
  return (policy?.policy.allows ?? []).some(({ principals }) =>
    principals?.some(({ value }) => value === arn || (role !== null && sessionOf(value) !== null && roleKeyOf(value) === role)),
  );
}

const withoutNamings = (resource: PolicedResource): PolicedResource =>
  resource.policy === null || !resource.policy.policy.allows.some(onlyNames)
    ? resource
    : { ...resource, policy: { ref: resource.policy.ref, policy: resource.policy.policy.withAllows((allow) => !onlyNames(allow)) } };

/** An allow of services and of principals that it names in full: it says nothing to others of their accounts. */
const onlyNames = ({ principals, notPrincipals }: CompiledStatement): boolean =>
  notPrincipals === null &&
  principals !== null &&
  principals.every(
    ({ kind, value }) =>
      kind === "Service" || (kind === "AWS" && value.startsWith("arn:") && !value.endsWith(":root") && !hasWildcard(value)),
  );

function remembered<T, R>(work: (from: T) => R): (from: T) => R {
  const known = new Map<T, R>();
  return (from) => {
    let result = known.get(from);
    if (result === undefined) known.set(from, (result = work(from)));
    return result;
  };
}

/** What the policy says to whom it does not name; null when it is not known, or speaks of its resource in a way that is true of no other. */
function templateOf(resource: PolicedResource): string | null {
  const { arn, owner, service, policy, isUnread } = resource;
  const prefix = prefixOf(resource);
  if (policy === null || isUnread || prefix === null) return null;
  const statements: unknown[] = [];
  for (const statement of [...policy.policy.allows.filter((allow) => !onlyNames(allow)), ...policy.policy.denies]) {
    const { effect, id, actions, notActions, principals, notPrincipals, conditions } = statement;
    if (conditions.some(({ values }) => values.some((value) => value.includes(arn)))) return null;
    const patterns = statement.notResources ?? statement.resources;
    if (!patterns.every((pattern) => pattern.startsWith(arn) || treatsAlike(pattern, { prefix, service }))) return null;
    const ofItself = patterns.map((pattern) => (pattern.startsWith(arn) ? [pattern.slice(arn.length)] : pattern));
    const asked = conditions.map(({ operator, key, values }) => [operator, key, values]);
    statements.push([effect, id, actions, notActions, statement.notResources === null, ofItself, principals, notPrincipals, asked]);
  }
  return JSON.stringify([prefix, service.id, owner, statements]);
}

function prefixOf({ arn, service }: PolicedResource): string | null {
  const last = colonsOf(arn)?.[4];
  return last === undefined ? null : arn.slice(0, last + 1) + service.typePrefix;
}

/** Do the principal's policies, but for allows of single members, and those that bind all of the account speak of all members or of none? */
export function isAlikeTo({ organisation }: AwsWorld, { policies }: AwsPrincipal, group: AlikePolicies): boolean {
  const rcps = organisation.rcps.get(group.owner)?.levels.flat() ?? [];
  const limits = [...policies.ceilings, ...rcps];
  return (
    policies.identity.every(({ policy }) => group.actions.every((action) => policy.matching(action).denies.every(meansAlike(group)))) &&
    limits.every(({ policy }) =>
      group.actions.every((action) => {
        const { allows, denies } = policy.matching(action);
        return allows.every(meansAlike(group)) && denies.every(meansAlike(group));
      }),
    )
  );
}

/** Whether a statement is about all members or about none. */
export const meansAlike =
  (group: Pick<AlikePolicies, "prefix" | "service">) =>
  ({ resources, notResources }: CompiledStatement): boolean =>
    notResources === null
      ? resources.some((pattern) => coversPrefix(pattern, group.prefix)) || resources.every((pattern) => treatsAlike(pattern, group))
      : notResources.every((pattern) => treatsAlike(pattern, group));

/** No name holds a slash, so that what a pattern says of the inside of any is said of the inside of each. */
function treatsAlike(pattern: string, { prefix, service }: Pick<AlikePolicies, "prefix" | "service">): boolean {
  const variable = pattern.indexOf("${");
  if (variable !== -1) return !touchesPrefix(`${pattern.slice(0, variable)}*`, prefix);
  if (coversPrefix(pattern, prefix) || !touchesPrefix(pattern, prefix)) return true;
  return service.hasInner === true && pattern.startsWith(`${prefix}*/`);
}
