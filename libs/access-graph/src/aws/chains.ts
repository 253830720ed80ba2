import type { Grant } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import { isInherent } from "../inherent-grant.ts";
import type { Alternative, Ground, Way } from "../types.ts";
import { grantGround, shieldGround, statementGround } from "../ways.ts";
import { inForcePrefix } from "./support.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** By which grants a policy is in force on a principal: attached to it, or to a group it belongs to. */
export class Chains {
  readonly #world: AwsWorld;
  /** By node key of the holder, then by policy ref. */
  readonly #attachments = new Map<string, Map<string, Grant[]>>();
  /** By node key of the member: its groups' ARNs. */
  readonly #memberships = new Map<string, { readonly grant: Grant; readonly group: string }[]>();

  constructor({ grants, inventory }: BuildContext, world: AwsWorld) {
    this.#world = world;
    for (const grant of grants) {
      if (grant.grantKind !== "attached_policy" && grant.grantKind !== "membership") continue;
      const holder = inventory.resolve(grant.sourceId, grant.from)?.key;
      if (holder === undefined) continue;
      if (grant.grantKind === "attached_policy") pushTo(entryOf(this.#attachments, holder), grant.to, grant);
      else {
        const group = inventory.resolve(grant.sourceId, grant.to)?.entity.ref;
        if (group !== undefined) pushTo(this.#memberships, holder, { grant, group });
      }
    }
  }

  of(principal: AwsPrincipal): PrincipalChains {
    return new PrincipalChains(
      (policyRef) => this.#chainsTo(principal, policyRef),
      (group) => this.#membership(principal, group),
    );
  }

  /** What the grants of a group rest on, for whoever holds exactly them. */
  ofGroup(groupKey: string, principal: AwsPrincipal): PrincipalChains {
    return new PrincipalChains(
      (policyRef) => this.#attached(groupKey, policyRef, principal),
      () => [],
    );
  }

  #chainsTo(principal: AwsPrincipal, policyRef: string): Alternative[] {
    const own = this.#attached(principal.key, policyRef, principal);
    const throughGroups = (this.#memberships.get(principal.key) ?? []).flatMap(({ group }) => {
      const key = this.#world.groups.get(group)?.key;
      return key === undefined
        ? []
        : this.#attached(key, policyRef, principal).flatMap((attached) =>
            this.#membership(principal, group).map((member) => [...member, ...attached]),
          );
    });
    return [...own, ...throughGroups];
  }

  /** A grant that also brings denies must not be taken for one that only gives. */
  #attached(holder: string, policyRef: string, principal: AwsPrincipal): Alternative[] {
    const denies = principal.policies.identity.some(({ ref, policy }) => ref === policyRef && policy.denies.length > 0);
    return (this.#attachments.get(holder)?.get(policyRef) ?? []).map((grant) => {
      if (isInherent(grant)) return [];
      return [denies ? shieldGround(grant) : grantGround(grant)];
    });
  }

  #membership(principal: AwsPrincipal, group: string): Alternative[] {
    const denies = this.#world.groups.get(group)?.policies.some(({ policy }) => policy.denies.length > 0) === true;
    const shields = denies || this.#mayReturnTo(principal, group);
    return (this.#memberships.get(principal.key) ?? [])
      .filter((membership) => membership.group === group)
      .map(({ grant }) => [shields ? shieldGround(grant) : grantGround(grant)]);
  }

  /** Whoever may add itself to groups by something else than this group would come back another way. */
  #mayReturnTo(principal: AwsPrincipal, group: string): boolean {
    const others = [
      principal.key,
      ...principal.groups.flatMap((other) => (other === group ? [] : (this.#world.groups.get(other)?.key ?? []))),
    ];
    return principal.policies.identity.some(
      ({ ref, policy }) =>
        policy.matching("iam:addusertogroup").allows.length > 0 &&
        others.some((holder) => this.#attachments.get(holder)?.has(ref) === true),
    );
  }
}

/** Puts one principal's grants in the place of "the policy is in force". */
export class PrincipalChains {
  readonly #chainsTo: (policyRef: string) => readonly Alternative[];
  readonly #known = new Map<string, readonly Alternative[]>();
  /** The same by the ground that stands for the policy being in force. */
  readonly #byGround = new Map<Ground, readonly Alternative[]>();
  readonly #made = new Map<Way, Way>();
  readonly #supposed: string | null;
  readonly membership: (group: string) => readonly Alternative[];

  /** `supposed`: a policy that nobody has written yet, or that is not in force, so that no fix removes a statement of it. */
  constructor(
    chainsTo: (policyRef: string) => readonly Alternative[],
    membership: (group: string) => readonly Alternative[],
    supposed: string | null = null,
  ) {
    this.#chainsTo = chainsTo;
    this.membership = membership;
    this.#supposed = supposed === null ? null : statementGround(supposed, "");
  }

  /** The same principal with a supposed policy, in force by what `from` is in force by; null = by the supposition alone. */
  supposing(policyRef: string, from: string | null): PrincipalChains {
    const chainsTo = (ref: string): readonly Alternative[] => {
      if (ref !== policyRef) return this.to(ref);
      return from === null ? [[]] : this.to(from);
    };
    return new PrincipalChains(chainsTo, this.membership, policyRef);
  }

  /** The same principal as a member of one more group, whose grants rest on what `grants` says. */
  joining(group: string, grants: PrincipalChains): PrincipalChains {
    return new PrincipalChains(
      (ref) => [...this.to(ref), ...grants.to(ref)],
      (member) => (member === group ? [[]] : this.membership(member)),
    );
  }

  to(policyRef: string): readonly Alternative[] {
    let chains = this.#known.get(policyRef);
    if (chains === undefined) this.#known.set(policyRef, (chains = this.#chainsTo(policyRef)));
    return chains;
  }

  /** The same way for this principal. One object per way: many edges share it. */
  localise = (way: Way): Way => {
    let local = this.#made.get(way);
    if (local === undefined) this.#made.set(way, (local = way.map((need) => this.#expandNeed(need))));
    return local;
  };

  #expandNeed(need: readonly Alternative[]): readonly Alternative[] {
    return need.length === 1 ? this.#expand(need[0]!) : need.flatMap((alternative) => this.#expand(alternative));
  }

  /** These lists stay as long as the graph, by the hundred thousand: `concat` makes them as long as they are, where a spread leaves room. */
  #expand(alternative: Alternative): readonly Alternative[] {
    let expanded: readonly Alternative[] = oneEmpty;
    for (const ground of alternative) {
      if (this.#supposed !== null && ground.startsWith(this.#supposed)) continue;
      if (!ground.startsWith(inForcePrefix)) expanded = expanded.map((grounds) => grounds.concat(ground));
      else {
        const chains = this.#inForce(ground);
        const [before] = expanded;
        expanded =
          expanded.length === 1
            ? chains.map((chain) => before!.concat(chain))
            : chains.flatMap((chain) => expanded.map((grounds) => grounds.concat(chain)));
      }
    }
    return expanded;
  }

  #inForce(ground: Ground): readonly Alternative[] {
    let chains = this.#byGround.get(ground);
    if (chains === undefined) this.#byGround.set(ground, (chains = this.to(ground.slice(inForcePrefix.length))));
    return chains;
  }
}

const oneEmpty: readonly Alternative[] = [[]];

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function entryOf<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let made = map.get(key);
  if (made === undefined) map.set(key, (made = new Map<L, V>()));
  return made;
}
