import type { AccessLevel } from "@rollcall/nhi-model";
import { derivedNode } from "../derived-node.ts";
import type { GraphDraft } from "../draft.ts";
import type { Way } from "../types.ts";
import { accessTo, addAccessEdge, besides, strongest } from "./access-edge.ts";
import type { AccessEdge, ServiceResource } from "./access-edge.ts";
import { alikePolicies, isAlikeTo, meansAlike, namesPrincipal } from "./alike-policies.ts";
import type { AlikePolicies } from "./alike-policies.ts";
import { accountOfArn } from "./arn.ts";
import type { PrincipalChains } from "./chains.ts";
import { namesAll, resourceOfArn, serviceScopeKey } from "./data-services.ts";
import { touchesPrefix } from "./glob.ts";
import { PolicedIndex } from "./policed-index.ts";
import { outsideAccess, outsideParties, policedAccess } from "./resource-policy-edges.ts";
import type { PolicedAccess, PolicedResource } from "./resource-policy-edges.ts";
import { without } from "./support.ts";
import { expandVariables } from "./variables.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

interface Holder {
  readonly principal: AwsPrincipal;
  readonly chains: PrincipalChains;
}

/** The principal as the resource's account sees it, and the node that gains. */
interface Asker extends Holder {
  readonly key: string;
}

/** ACCESSES to resources that carry a policy of their own: their policy may give, deny, or say who decides. */
export class PolicedAccessEdges {
  readonly #draft: GraphDraft;
  readonly #world: AwsWorld;
  readonly #policed: ReadonlyMap<string, PolicedResource>;
  readonly #find: (policed: PolicedResource) => ServiceResource | undefined;
  readonly #alike: ReadonlyMap<PolicedResource, AlikePolicies>;
  /** By service. `others` are like one of `firsts`. */
  readonly #indexes: readonly Readonly<Record<"firsts" | "others", PolicedIndex<PolicedResource>>>[];
  readonly #hubs = new Set<string>();

  constructor(
    { draft, world }: { readonly draft: GraphDraft; readonly world: AwsWorld },
    policed: ReadonlyMap<string, PolicedResource>,
    find: (policed: PolicedResource) => ServiceResource | undefined,
  ) {
    this.#draft = draft;
    this.#world = world;
    this.#policed = policed;
    this.#find = find;
    this.#alike = alikePolicies(policed.values());
    this.#indexes = [...Map.groupBy(policed.values(), ({ service }) => service)].map(([service, resources]) => {
      const resourceOf = (arn: string): string | null => resourceOfArn(service, arn)?.resource ?? null;
      const kind = {
        actions: Object.values(service.actions).flat(),
        resourceOf,
        isGuarded: service.arnService === "kms",
        namesAll: (pattern: string) => namesAll(service, pattern),
      };
      const isFirst = (policed: PolicedResource): boolean => (this.#alike.get(policed)?.members[0] ?? policed) === policed;
      return {
        firsts: new PolicedIndex(kind, resources.filter(isFirst)),
        others: new PolicedIndex(
          kind,
          resources.filter((policed) => !isFirst(policed)),
        ),
      };
    });
  }

  /** Everybody has to be there before. */
  add(holders: Iterable<Holder>): void {
    for (const { principal, chains } of this.#indexes.length === 0 ? [] : holders) {
      // Elsewhere an administrator is one principal among others.
      const elsewhere = this.#world.byArn.get(principal.arn);
      if (elsewhere === undefined) continue;
      const asker = (owner: string): Asker => ({
        principal: principal.account === owner ? principal : elsewhere,
        chains,
        key: principal.key,
      });
      for (const { firsts, others } of this.#indexes)
        this.#addConcerned({ firsts: firsts.concerning(principal, elsewhere), others: others.named(principal, elsewhere) }, asker);
    }
    for (const policed of this.#policed.values()) this.#addOutside(policed);
  }

  #addConcerned(
    { firsts, others }: { readonly firsts: ReadonlySet<PolicedResource>; readonly others: ReadonlySet<PolicedResource> },
    askerOf: (owner: string) => Asker,
  ): void {
    const groups = new Map<AlikePolicies, OfGroup>();
    for (const policed of [...firsts, ...others]) {
      const asker = askerOf(policed.owner);
      const group = this.#alike.get(policed);
      if (group === undefined) {
        this.#addEdges(asker.key, this.#edges(asker, policed));
        continue;
      }
      let ofGroup = groups.get(group);
      const isKnown = ofGroup !== undefined;
      if (ofGroup === undefined) groups.set(group, (ofGroup = this.#ofGroup(asker, group)));
      const isApart = namesPrincipal(policed, asker.principal.arn) || ofGroup.names(policed.arn);
      if (ofGroup.isOneByOne ? isKnown : !isApart) continue;
      for (const one of ofGroup.isOneByOne ? group.members : [policed]) {
        const edges = this.#edges(asker, one);
        this.#addEdges(asker.key, ofGroup.alike === null ? edges : besides(edges, this.#edges(ofGroup.alike, group.toUnnamed(one))));
      }
    }
  }

  #ofGroup(asker: Asker, group: AlikePolicies): OfGroup {
    if (!isAlikeTo(this.#world, asker.principal, group)) return { alike: null, isOneByOne: true, names: () => true };
    const { policies } = asker.principal;
    const isAlike = meansAlike(group);
    const singles = policies.identity.flatMap(({ policy }) => policy.allows.filter((allow) => !isAlike(allow)));
    const alike = { ...asker, principal: { ...asker.principal, policies: without(policies, (allow) => !isAlike(allow)) } };
    this.#addToGroup(alike, group);
    const patterns = singles.flatMap(({ resources }) => resources.map((raw) => expandVariables(raw, policies.variables)));
    return {
      alike,
      isOneByOne: singles.some(({ notResources }) => notResources !== null),
      names: (arn) => patterns.some((pattern) => touchesPrefix(pattern, arn)),
    };
  }

  #addToGroup({ principal, chains, key }: Asker, group: AlikePolicies): void {
    const first = group.toUnnamed(group.members[0]!);
    const edges = policedAccess(this.#world, principal, first).flatMap(({ level, selected }) => {
      const rests = (way: Way): boolean => way.includes(first.ground);
      const toHub = (byPolicy: boolean, ways: readonly Way[]): readonly AccessEdge[] =>
        ways.length === 0
          ? []
          : [
              {
                to: this.#hub(group, level, byPolicy),
                kind: "HAS_ROLE",
                level: null,
                selected: { ...selected, ways: ways.map(chains.localise) },
              },
            ];
      const byPolicy = selected.ways.filter(rests).map((way) => way.filter((need) => need !== first.ground));
      return [
        ...toHub(
          false,
          selected.ways.filter((way) => !rests(way)),
        ),
        ...toHub(true, byPolicy),
      ];
    });
    this.#addEdges(key, strongest(edges));
  }

  /** One level of access to every member; `byPolicy`: for whom it rests on the members' policies. */
  #hub(group: AlikePolicies, level: AccessLevel, byPolicy: boolean): string {
    const { service, owner, members } = group;
    const first = members[0]!;
    const key = `${serviceScopeKey(owner, service)}-${level}-${byPolicy ? "by" : "beside"}-policies-like-${first.arn}`;
    if (this.#hubs.has(key)) return key;
    this.#hubs.add(key);
    const label = `${level} access to ${members.length} ${service.label} in ${owner} whose policies are alike`;
    this.#draft.addNode(derivedNode(key, label, { account: owner }));
    for (const member of members) {
      const resource = this.#find(member);
      const facts = [{ ref: member.policy!.ref, detail: `a policy like that of ${first.arn}` }];
      const ways = [byPolicy ? [member.ground] : []];
      if (resource !== undefined) addAccessEdge(this.#draft, key, accessTo(resource, level, { facts, conditions: [], ways }));
    }
    return key;
  }

  #edges({ principal, chains }: Asker, policed: PolicedResource): readonly AccessEdge[] {
    const local = ({ level, selected }: PolicedAccess): PolicedAccess => ({
      level,
      selected: { ...selected, ways: selected.ways.map(chains.localise) },
    });
    return this.#edgesFor(policed, policedAccess(this.#world, principal, policed).map(local));
  }

  #edgesFor(policed: PolicedResource, access: readonly PolicedAccess[]): readonly AccessEdge[] {
    const resource = access.length === 0 ? undefined : this.#find(policed);
    return resource === undefined ? [] : strongest(access.map(({ level, selected }) => accessTo(resource, level, selected)));
  }

  #addOutside(policed: PolicedResource): void {
    for (const [name, key] of outsideParties(this.#world, policed)) {
      const edges = this.#edgesFor(policed, outsideAccess(this.#world, name, policed));
      if (edges.length === 0) continue;
      const label = name === "*" ? "anyone" : name;
      this.#draft.addNode({ ...derivedNode(key, label, { account: accountOfArn(name) }), kind: "external", subkind: "external" });
      this.#addEdges(key, edges);
    }
  }

  #addEdges(from: string, edges: readonly AccessEdge[]): void {
    for (const edge of edges) addAccessEdge(this.#draft, from, edge);
  }
}

/** What a principal has of a group of resources. */
interface OfGroup {
  /** The principal with what it may do with all members, which is said already; null when its policies tell members apart. */
  readonly alike: Asker | null;
  /** Each member is to be asked about. */
  readonly isOneByOne: boolean;
  /** Whether a permission of its own is about this member. */
  readonly names: (arn: string) => boolean;
}
