import type { AccessLevel } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import { evidence, resting } from "../edge-builder.ts";
import { byText } from "../order.ts";
import type { Alternative, EdgeKind, Way } from "../types.ts";
import { allWays, openNeed, simplest, statementGround, waysImply } from "../ways.ts";
import { lowerAction } from "./action-name.ts";
import { accountOfArn } from "./arn.ts";
import { ArnIndex } from "./arn-index.ts";
import type { PrincipalChains } from "./chains.ts";
import { dataServices, resourceOfArn, serviceScopeKey, wholeServicePrefix } from "./data-services.ts";
import type { DataService } from "./data-services.ts";
import { probesOf } from "./data-probes.ts";
import type { DataProbe } from "./data-probes.ts";
import type { NamedPolicy, PolicySet } from "./evaluate.ts";
import { coversPrefix, witnessOf } from "./glob.ts";
import { derivedNode } from "../derived-node.ts";
import { isWholeName, NamedResources } from "./named-resources.ts";
import type { CompiledStatement } from "./policy.ts";
import { inForcePrefix, without } from "./support.ts";
import { isUniform, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";
import { outsideAccess, outsideParties, policedAccess, policedResources } from "./resource-policy-edges.ts";
import type { PolicedResource } from "./resource-policy-edges.ts";
import { expandVariables } from "./variables.ts";

/** A resource of a service in an account: from the inventory, or named by a policy. */
interface ServiceResource {
  readonly arn: string;
  readonly key: string;
  readonly isSecret: boolean;
  /** What its being known rests on. */
  readonly ways: readonly Way[];
}

interface AccessEdge {
  readonly to: string;
  readonly kind: EdgeKind;
  readonly level: AccessLevel | null;
  readonly selected: Selected;
}

const servicesByArn: ReadonlyMap<string, readonly DataService[]> = Map.groupBy(dataServices, (service) => service.arnService);

interface Holder {
  readonly principal: AwsPrincipal;
  readonly chains: PrincipalChains;
}

/** ACCESSES: what each principal's policies let it do with the data of its account. Worked out once per distinct set of policies. */
export class AccessEdges {
  readonly #context: BuildContext;
  readonly #world: AwsWorld;
  readonly #policed: ReadonlyMap<string, PolicedResource>;
  readonly #resources = new Map<string, ArnIndex<ServiceResource>>();
  readonly #levelHubs = new Set<string>();
  readonly #bySignature = new Map<string, Holder[]>();
  readonly #named = new NamedResources();

  constructor(context: BuildContext, world: AwsWorld) {
    this.#context = context;
    this.#world = world;
    this.#policed = policedResources(context, world, serviceOfResource);
    for (const located of context.inventory.all) {
      if (located.kind !== "resource" || located.entity.kind === "policy") continue;
      for (const service of servicesByArn.get(located.entity.ref.split(":", 3)[2] ?? "") ?? []) {
        const account = located.entity.account ?? accountOfArn(located.entity.ref);
        if (account === null || resourceOfArn(service, located.entity.ref)?.resource !== located.entity.ref) continue;
        this.#index(account, service).add({
          arn: located.entity.ref,
          key: located.key,
          isSecret: located.entity.kind === "secret",
          ways: [[]],
        });
      }
    }
  }

  /** The scope node of every service, and control of all of it by whoever controls the account. */
  addAccount(account: string, accountKey: string): void {
    for (const service of dataServices) {
      const key = this.#context.draft.addNode(
        derivedNode(serviceScopeKey(account, service), `All ${service.label} in ${account}`, {
          account,
          weight: service.weight,
          weightReason: service.reason,
        }),
      );
      this.#addEdge(accountKey, { to: key, kind: "ACCESSES", level: "admin", selected: ofTheAccount(accountKey) });
    }
  }

  add(principal: AwsPrincipal, chains: PrincipalChains): void {
    const list = this.#bySignature.get(principal.signature);
    if (list === undefined) this.#bySignature.set(principal.signature, [{ principal, chains }]);
    else list.push({ principal, chains });
    this.addNames(principal, chains);
  }

  /** What the policies of a principal or a group name, whether or not anybody gains by it. */
  addNames(holder: AwsPrincipal, chains: PrincipalChains): void {
    this.#named.addPrincipal(holder, chains);
  }

  /** After all principals: a grant to everything includes what only another policy names, and so does control of the account. */
  finish(accounts: ReadonlyMap<string, string>): void {
    for (const { account, service, arn, key, namedBy } of this.#named.derive(this.#context, (...of) => this.#of(...of)))
      this.#index(account, service).add({ arn, key, isSecret: false, ways: [[namedBy]] });
    for (const holders of this.#bySignature.values()) {
      const { policies, account } = holders[0]!.principal;
      const edges = this.#edgesOf(policies, account);
      for (const { principal, chains } of holders) {
        for (const edge of edges)
          this.#addEdge(principal.key, { ...edge, selected: { ...edge.selected, ways: edge.selected.ways.map(chains.localise) } });
      }
    }
    for (const resource of this.#policed.values()) this.#addPoliced(resource);
    for (const [account, key] of accounts)
      for (const service of dataServices)
        for (const resource of this.#of(account, service).all()) this.#addEdge(key, accessTo(resource, "admin", ofTheAccount(key)));
  }

  /** A resource with a policy of its own is asked about one by one: its policy may give, deny, or say who decides. */
  #addPoliced(policed: PolicedResource): void {
    const [resource] = this.#of(policed.owner, policed.service).matching(policed.arn);
    if (resource === undefined) return;
    for (const { principal, chains } of [...this.#bySignature.values()].flat()) {
      // Elsewhere an administrator is one principal among others.
      const whole = principal.account === policed.owner ? principal : this.#world.byArn.get(principal.arn);
      if (whole === undefined || !this.#world.byArn.has(principal.arn)) continue;
      const edges = policedAccess(this.#world, whole, policed).map(({ level, selected }) =>
        accessTo(resource, level, { ...selected, ways: selected.ways.map(chains.localise) }),
      );
      for (const edge of strongest(edges)) this.#addEdge(principal.key, edge);
    }
    for (const [name, key] of outsideParties(this.#world, policed)) {
      const edges = outsideAccess(this.#world, name, policed).map(({ level, selected }) => accessTo(resource, level, selected));
      if (edges.length === 0) continue;
      const label = name === "*" ? "anyone" : name;
      this.#context.draft.addNode({ ...derivedNode(key, label, { account: accountOfArn(name) }), kind: "external", subkind: "external" });
      for (const edge of strongest(edges)) this.#addEdge(key, edge);
    }
  }

  #edgesOf(policies: PolicySet, account: string): AccessEdge[] {
    const edges: AccessEdge[] = [];
    for (const ofService of Map.groupBy(probesOf(policies), (probe) => probe.service).values())
      edges.push(...strongest(ofService.flatMap((probe) => this.#edgesOfProbe(policies, account, probe))));
    return edges;
  }

  #edgesOfProbe(policies: PolicySet, account: string, probe: DataProbe): AccessEdge[] {
    const { service, level, action } = probe;
    const edges: AccessEdge[] = [];
    const request = [{ action }];
    const whole = onWhole(policies, action, wholeServicePrefix(account, service));
    const members = this.#of(account, service);
    let patterns = namedPatterns(policies, action, service);
    if (whole !== null) {
      edges.push({ to: serviceScopeKey(account, service), kind: "ACCESSES", level, selected: whole });
      if (members.size > 0 && denies(policies, action).every((statement) => isUniform(statement, `arn:aws:${service.arnService}:`)))
        edges.push({ to: this.#levelHub(account, service, level), kind: "HAS_ROLE", level: null, selected: whole });
      else patterns = [{ resource: "*", inner: service.hasInner === true ? "/any" : "", need: [[]] }, ...patterns];
    }
    const throughHub = edges.length === 2 ? edges[1]!.selected.ways : null;
    for (const { resource: pattern, inner, need } of patterns) {
      const owner = service.global === true ? account : (accountOfArn(pattern) ?? account);
      for (const resource of this.#of(owner, service).matching(pattern)) {
        const found = onResource(policies, request, witnessOf(resource.arn + inner));
        if (found === null || this.#policed.has(resource.arn)) continue;
        const selected = { ...found, ways: allWays(found.ways, [[need]]) };
        const edge = accessTo(resource, level, owner === account ? selected : elsewhere(selected, owner));
        // Whatever gives it through the hub needs no edge of its own; what would remain without the hub does.
        if (throughHub === null || owner !== account || !waysImply(edge.selected.ways, throughHub)) edges.push(edge);
      }
    }
    return edges;
  }

  /** Everything of a service at one level, as a node: a grant to all of it is one edge however many resources there are. */
  #levelHub(account: string, service: DataService, level: AccessLevel): string {
    const key = `${serviceScopeKey(account, service)}-${level}`;
    if (this.#levelHubs.has(key)) return key;
    this.#levelHubs.add(key);
    this.#context.draft.addNode(derivedNode(key, `${level} access to all ${service.label} in ${account}`, { account }));
    const selected = { facts: [{ ref: key, detail: "part of the whole" }], conditions: [], ways: [[]] };
    for (const resource of this.#of(account, service).all())
      if (!this.#policed.has(resource.arn)) this.#addEdge(key, accessTo(resource, level, selected));
    return key;
  }

  #addEdge(from: string, { to, kind, level, selected }: AccessEdge): void {
    this.#context.draft.addEdge({
      from,
      to,
      kind,
      level,
      conditional: selected.conditions.length > 0,
      why: resting(evidence(selected.facts, null, selected.conditions), selected.ways),
    });
  }

  #of(account: string, service: DataService): ArnIndex<ServiceResource> {
    return this.#resources.get(`${account} ${service.id}`) ?? nothing;
  }

  #index(account: string, service: DataService): ArnIndex<ServiceResource> {
    const key = `${account} ${service.id}`;
    let index = this.#resources.get(key);
    if (index === undefined) this.#resources.set(key, (index = new ArnIndex<ServiceResource>()));
    return index;
  }
}

const serviceOfResource = (arn: string): DataService | null =>
  (servicesByArn.get(arn.split(":", 3)[2] ?? "") ?? []).find((service) => resourceOfArn(service, arn)?.resource === arn) ?? null;

const nothing = new ArnIndex<ServiceResource>();

const ofTheAccount = (accountKey: string): Selected => ({
  facts: [{ ref: accountKey, detail: "control of the account" }],
  conditions: [],
  ways: [[]],
});

/** Reading a secret is control of it: whatever it stores is gained too. */
const accessTo = (resource: ServiceResource, level: AccessLevel, selected: Selected): AccessEdge => {
  const known = { ...selected, ways: allWays(selected.ways, resource.ways) };
  return resource.isSecret && level !== "write"
    ? { to: resource.key, kind: "CAN_READ_SECRET", level: null, selected: known }
    : { to: resource.key, kind: "ACCESSES", level, selected: known };
};

const elsewhere = (selected: Selected, owner: string): Selected => ({
  ...selected,
  conditions: [...selected.conditions, `a resource policy in account ${owner} allows it too`],
  ways: selected.ways.map((way) => [...way, openNeed]),
});

const denies = (policies: PolicySet, action: string) =>
  [...policies.identity, ...policies.ceilings].flatMap(({ policy }) => policy.matching(lowerAction(action)).denies);

const allows = (policies: PolicySet, action: string) =>
  policies.identity.flatMap(({ policy }) => policy.matching(lowerAction(action)).allows);

/** By the statements that speak of the whole service in the account, whatever others say about parts of it. */
function onWhole(policies: PolicySet, action: string, prefix: string): Selected | null {
  const isWhole = (statement: CompiledStatement): boolean =>
    statement.notResources !== null || statement.resources.some((pattern) => coversPrefix(pattern, prefix));
  const matching = allows(policies, action);
  if (!matching.some(isWhole)) return null;
  const speaking = matching.every(isWhole) ? policies : without(policies, (statement) => !isWhole(statement));
  return onResource(speaking, [{ action }], `${prefix}any`);
}

interface NamedPattern {
  readonly resource: string;
  readonly inner: string;
  /** The statements that name it: without them nobody would look there. */
  readonly need: readonly Alternative[];
}

/** Resources that the allows, or a boundary's allows, name for the action. */
function namedPatterns(policies: PolicySet, action: string, service: DataService): NamedPattern[] {
  const found = new Map<string, { resource: string; inner: string; need: Alternative[] }>();
  const note = ({ ref, policy }: NamedPolicy, inForce: Alternative): void => {
    for (const statement of policy.matching(lowerAction(action)).allows) {
      for (const raw of statement.notResources === null ? statement.resources : []) {
        const parsed = resourceOfArn(service, expandVariables(raw, policies.variables));
        if (parsed === null || isWholeName(parsed.resource)) continue;
        const id = `${parsed.resource}\n${parsed.inner}`;
        const known = found.get(id) ?? { ...parsed, need: [] };
        found.set(id, known);
        known.need.push([statementGround(ref, statement.id), ...inForce]);
      }
    }
  };
  for (const named of policies.identity) note(named, [`${inForcePrefix}${named.ref}`]);
  for (const named of policies.ceilings) note(named, []);
  return [...found.keys()].sort(byText).map((key) => found.get(key)!);
}

const strength = ({ kind, level }: AccessEdge): number => (kind === "ACCESSES" ? { read: 1, write: 2, admin: 3 }[level!] : 4);

/** One edge per target and level, and none that a stronger one always comes with. */
function strongest(edges: readonly AccessEdge[]): AccessEdge[] {
  const kept: AccessEdge[] = [];
  for (const toTarget of Map.groupBy(edges, (edge) => edge.to).values()) {
    const stronger: Way[] = [];
    const byStrength = Map.groupBy(toTarget, strength);
    for (const level of [...byStrength.keys()].sort((a, b) => b - a)) {
      const same = byStrength.get(level)!;
      const best = same.reduce((a, b) => (b.selected.conditions.length < a.selected.conditions.length ? b : a));
      const ways =
        same.length === 1
          ? best.selected.ways
          : (simplest(
              same.flatMap((edge) => edge.selected.ways),
              false,
            ) ?? [[]]);
      if (!waysImply(ways, stronger)) kept.push({ ...best, selected: { ...best.selected, ways } });
      stronger.push(...ways);
    }
  }
  return kept;
}
