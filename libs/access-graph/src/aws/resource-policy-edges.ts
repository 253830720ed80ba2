import type { AccessLevel, Grant } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import type { Alternative, Way } from "../types.ts";
import { allWays, grantGround, openNeed, shieldGround } from "../ways.ts";
import { accountOfArn } from "./arn.ts";
import { answerOf } from "./authorize/answer-of.ts";
import { requestOf } from "./authorize/answer-question.ts";
import { authorize } from "./authorize/authorize.ts";
import type { AccessRequest, Authorization, Grounds } from "./authorize/authorize.ts";
import { asAnySession, readPrincipal } from "./authorize/request-principal.ts";
import { noContext } from "./condition.ts";
import type { DataService } from "./data-services.ts";
import type { NamedPolicy } from "./evaluate.ts";
import { fullAccess } from "./policy.ts";
import { objectsOf } from "./objects-of.ts";
import { supportOf } from "./support.ts";
import type { Selected } from "./target-class.ts";
import { organisationFacts } from "./world.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** A resource that carries a policy of its own. */
export interface Policed {
  readonly arn: string;
  readonly owner: string;
  /** Null = not known. */
  readonly policy: NamedPolicy | null;
  readonly isUnread: boolean;
  /** What the policy rests on; a policy that also denies must not be taken for one that only gives. */
  readonly ground: readonly Alternative[];
}

export interface PolicedResource extends Policed {
  readonly service: DataService;
}

export interface PolicedAccess {
  readonly level: AccessLevel;
  readonly selected: Selected;
}

const levels = ["admin", "write", "read"] as const;
const partyless = "external:aws:everyone";

/** The grants that carry the policies of resources. */
export const groundOf = (grant: Grant | undefined, policy: NamedPolicy | null): readonly Alternative[] =>
  grant === undefined ? [[]] : [[(policy?.policy.denies.length ?? 1) > 0 ? shieldGround(grant) : grantGround(grant)]];

/** What a principal may do with the resource, the strongest level first, of each what is certain first. */
export function policedAccess(world: AwsWorld, principal: AwsPrincipal, resource: PolicedResource): PolicedAccess[] {
  const { identity, ceilings, variables } = principal.policies;
  const objects = objectsOf(resource, [...identity, ...ceilings], variables);
  return byLevel(resource, (action) =>
    askedOf(resource, action, objects).flatMap((arn) => policedAction(world, principal, resource, { action, arn })),
  );
}

/** One action on the resource, or on something in it; none when the principal may not. */
export function policedAction(
  world: AwsWorld,
  principal: AwsPrincipal,
  resource: Policed,
  { action, arn }: { readonly action: string; readonly arn: string },
): Selected[] {
  const { policies, boundaries } = principal;
  const request = requestBy(world, principal.arn, { action, arn, owner: resource.owner });
  if (request === null || !mayConcern(resource, policies.identity, request.ask.action)) return [];
  const grounds: Grounds = {
    identity: policies.identity,
    unknownIdentity: [],
    boundaries,
    unknownBoundaries: policies.unknownCeilings,
    session: null,
    scps: world.organisation.scps.get(principal.account)?.levels ?? [],
    ...ofResource(world, resource),
  };
  const whole = authorize(request, grounds);
  if (!isPermitted(whole)) return [];
  const own = supportOf(policies, { action, resource: arn });
  const sides = [
    { grounds: { ...grounds, identity: without(policies.identity) }, way: [resource.ground] },
    { grounds: { ...grounds, resource: [], unknownResource: [] }, way: own },
  ].flatMap((side) => {
    const result = authorize(request, side.grounds);
    return isPermitted(result) ? [{ ...side, result }] : [];
  });
  if (sides.length === 0) return [selectedBy(request, { grounds, result: whole, ways: [[...own, resource.ground]] })];
  if (whole.decision === "conditional") return [selectedBy(request, { grounds, result: whole, ways: sides.map(({ way }) => way) })];
  // One of the sides by itself may leave open what both together do not.
  return sides.map(({ way, ...side }) => selectedBy(request, { ...side, ways: [way] }));
}

/** What the policy gives to somebody whose own policies are not in the inventory: an account, a principal elsewhere, everyone. */
export function outsideAccess(world: AwsWorld, name: string, resource: PolicedResource): PolicedAccess[] {
  const objects = objectsOf(resource, [], noContext);
  return byLevel(resource, (action) =>
    askedOf(resource, action, objects).flatMap((arn) => outsideAction(world, name, resource, { action, arn })),
  );
}

export function outsideAction(
  world: AwsWorld,
  name: string,
  resource: Policed,
  { action, arn }: { readonly action: string; readonly arn: string },
): Selected[] {
  const request = requestBy(world, name, { action, arn, owner: resource.owner });
  if (request === null || isClosed(resource, request)) return [];
  const grounds = { ...nobody, ...ofResource(world, resource), identity: [{ ref: name, policy: fullAccess }], unknownResource: [] };
  const result = authorize(request, grounds);
  return isPermitted(result) ? [selectedBy(request, { grounds, result, ways: [[resource.ground]] })] : [];
}

/** Parties outside the inventory that the policy names, with the key of their node. */
export function outsideParties(world: AwsWorld, { policy, owner }: Policed): ReadonlyMap<string, string> {
  const parties = new Map<string, string>();
  for (const { principals } of policy?.policy.allows ?? []) {
    for (const { kind, value } of principals ?? []) {
      if (kind !== "AWS") continue;
      if (value === "*") parties.set("*", partyless);
      const account = /^\d{12}$/.test(value) ? value : accountOfArn(value);
      if (account === null || account === owner || world.accounts.includes(account)) continue;
      const isWhole = value === account || value.endsWith(":root");
      parties.set(isWhole ? `arn:aws:iam::${account}:root` : value, isWhole ? `external:aws:account:${account}` : `external:${value}`);
    }
  }
  return parties;
}

/** Those of the objects that the action may be on. */
const askedOf = ({ service: { insideActions }, arn }: PolicedResource, action: string, objects: readonly string[]): readonly string[] =>
  insideActions === undefined ? objects : objects.filter((object) => (object === arn) !== insideActions.includes(action));

/** Weaker levels too, and what is open beside what is certain: they may rest on something else, which stays when that goes. */
function byLevel({ service }: PolicedResource, accessBy: (action: string) => readonly Selected[]): PolicedAccess[] {
  return levels.flatMap((level) => {
    const found = service.actions[level].flatMap(accessBy);
    const isCertain = ({ conditions }: Selected): boolean => conditions.length === 0;
    return [found.filter(isCertain), found.filter((each) => !isCertain(each))].flatMap((alike) => {
      const [first] = alike.toSorted((a, b) => a.conditions.length - b.conditions.length);
      return first === undefined ? [] : [{ level, selected: { ...first, ways: alike.flatMap(({ ways }) => ways) } }];
    });
  });
}

const isPermitted = ({ decision }: Authorization): boolean => decision === "allowed" || decision === "conditional";

function selectedBy(
  request: AccessRequest,
  { grounds, result, ways }: { readonly grounds: Grounds; readonly result: Authorization; readonly ways: readonly Way[] },
): Selected {
  const answer = answerOf(null, request, result, grounds);
  const isOpen = result.decision === "conditional";
  return {
    facts: answer.statements
      .filter(({ effect }) => effect === "Allow")
      .map(({ policy, statement }) => ({
        ref: policy,
        detail: `${request.ask.action} allowed by ${typeof statement === "number" ? `statement ${statement + 1}` : statement}`,
      })),
    conditions: isOpen ? [answer.reason ?? "a condition that is not known"] : [],
    ways: isOpen ? allWays(ways, [[openNeed]]) : ways,
  };
}

const nobody: Omit<Grounds, "resource" | "unknownResource" | "rcps" | "identity"> = {
  unknownIdentity: [],
  boundaries: [],
  unknownBoundaries: [],
  session: null,
  scps: [],
};

const ofResource = (
  world: AwsWorld,
  { policy, isUnread, owner, arn }: Policed,
): Pick<Grounds, "resource" | "unknownResource" | "rcps"> => ({
  resource: policy === null ? [] : [policy],
  unknownResource: isUnread ? [`the policy of ${arn}`] : [],
  rcps: world.organisation.rcps.get(owner)?.levels ?? [],
});

/** Denies of the identity stay when its allows are taken away. */
const without = (identity: readonly NamedPolicy[]): readonly NamedPolicy[] =>
  identity.map(({ ref, policy }) => ({ ref, policy: policy.withAllows(() => false) }));

/** A policy that is not known may name anybody; only who has permissions of its own is taken to be meant. */
const mayConcern = ({ policy }: Policed, identity: readonly NamedPolicy[], action: string): boolean =>
  (policy?.policy.matching(action).allows.length ?? 0) > 0 || identity.some((named) => named.policy.matching(action).allows.length > 0);

function requestBy(
  { moment, organisation }: AwsWorld,
  name: string,
  { action, arn, owner }: { action: string; arn: string; owner: string },
): AccessRequest | null {
  const principal = readPrincipal(name);
  if (typeof principal === "string") return null;
  const request = requestOf({ principal: asAnySession(principal), action, resource: arn, account: owner, context: null });
  const { facts } = request.ask;
  const ofItsOrganisation = principal.account === null ? [] : organisationFacts(organisation, principal.account);
  return {
    ...request,
    ask: { ...request.ask, facts: { ...facts, principal: new Map([...facts.principal, ...moment, ...ofItsOrganisation]) } },
  };
}

const closing =
  /^(?:aws:(?:principal(?:orgid|orgpaths|account|arn)|source(?:account|arn|owner|orgid|orgpaths|vpc|vpce|ip)|vpcsourceip|userid)|kms:calleraccount)$/;

/** Open only by statements that no condition keeps to an organisation, account, network or service. */
function isClosed({ policy }: Policed, { principal, ask }: AccessRequest): boolean {
  if (principal.kind !== "anonymous") return false;
  const open = policy?.policy
    .matching(ask.action)
    .allows.some(
      ({ conditions }) =>
        !conditions.some(
          ({ key, operator, values }) =>
            closing.test(key.toLowerCase()) &&
            !/not|ifexists|^null$/i.test(operator) &&
            !values.some((value) => value === "*" || value === "0.0.0.0/0"),
        ),
    );
  return open !== true;
}

/** Every policed resource of the inventory whose service holds data. */
export function policedResources(
  context: BuildContext,
  world: AwsWorld,
  serviceOf: (arn: string) => DataService | null,
): ReadonlyMap<string, PolicedResource> {
  const found = new Map<string, PolicedResource>();
  for (const policed of policedIn(context, world)) {
    const service = serviceOf(policed.arn);
    if (service !== null && !found.has(policed.arn)) found.set(policed.arn, { ...policed, service });
  }
  return found;
}

/** Every resource of the inventory that carries a policy, with the key of its node. */
export function policedIn({ grants, inventory }: BuildContext, world: AwsWorld): readonly (Policed & { readonly key: string })[] {
  const carriers = new Map(grants.filter(({ grantKind }) => grantKind === "resource_policy").map((grant) => [grant.from, grant]));
  return inventory.allResources.flatMap(({ key, entity }) => {
    const { ref } = entity;
    const policy = world.resourcePolicies.get(ref) ?? null;
    const isUnread = world.unreadResourcePolicies.has(ref);
    const owner = entity.account ?? accountOfArn(ref);
    if ((policy === null && !isUnread) || owner === null) return [];
    return [{ key, arn: ref, owner, policy, isUnread, ground: groundOf(carriers.get(ref), policy) }];
  });
}
