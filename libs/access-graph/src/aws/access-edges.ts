import type { AccessLevel } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import { byText } from "../order.ts";
import type { Alternative, Way } from "../types.ts";
import { allWays, openNeed, statementGround, waysImply } from "../ways.ts";
import { accessTo, addAccessEdge, strongest } from "./access-edge.ts";
import type { AccessEdge, ServiceResource } from "./access-edge.ts";
import { lowerAction } from "./action-name.ts";
import { accountOfArn } from "./arn.ts";
import { ArnIndex } from "./arn-index.ts";
import type { PrincipalChains } from "./chains.ts";
import { askedOn, askedPrefix, dataServices, resourceOfArn, serviceScopeKey, wholeServicePrefix } from "./data-services.ts";
import type { DataService } from "./data-services.ts";
import { probesOf } from "./data-probes.ts";
import type { DataProbe } from "./data-probes.ts";
import type { PolicySet } from "./evaluate.ts";
import { coversPrefix, witnessOf } from "./glob.ts";
import { derivedNode } from "../derived-node.ts";
import { NamedResources } from "./named-resources.ts";
import type { CompiledStatement } from "./policy.ts";
import { StatementNames } from "./statement-names.ts";
import type { StatementName } from "./statement-names.ts";
import { ownGrounds, without } from "./support.ts";
import { PolicedAccessEdges } from "./policed-access-edges.ts";
import { meansAllOrNone, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";
import { policedResources } from "./resource-policy-edges.ts";
import type { PolicedResource } from "./resource-policy-edges.ts";

/** A service in an account. */
interface Place {
  readonly resources: ArnIndex<ServiceResource>;
  readonly wholePrefix: string;
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
  readonly #places = new Map<string, Map<DataService, Place>>();
  readonly #levelHubs = new Set<string>();
  readonly #bySignature = new Map<string, Holder[]>();
  readonly #names = new StatementNames();
  /** By ARN: names of global services are taken once, whoever speaks of them. */
  readonly #globalOwners = new Map<string, string>();
  readonly #named = new NamedResources(this.#names, (...of) => this.#ownerOf(...of));

  constructor(context: BuildContext, world: AwsWorld) {
    this.#context = context;
    this.#world = world;
    this.#policed = policedResources(context, world, serviceOfResource);
    for (const located of context.inventory.allResources) {
      if (located.entity.kind === "policy") continue;
      for (const service of servicesByArn.get(located.entity.ref.split(":", 3)[2] ?? "") ?? []) {
        const account = located.entity.account ?? accountOfArn(located.entity.ref);
        if (account === null || resourceOfArn(service, located.entity.ref)?.resource !== located.entity.ref) continue;
        if (service.global === true && !this.#globalOwners.has(located.entity.ref)) this.#globalOwners.set(located.entity.ref, account);
        this.#place(account, service).resources.add({
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
      addAccessEdge(this.#context.draft, accountKey, { to: key, kind: "ACCESSES", level: "admin", selected: ofTheAccount(accountKey) });
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
      this.#place(account, service).resources.add({ arn, key, isSecret: false, ways: [[namedBy]] });
    for (const holders of this.#bySignature.values()) {
      const { policies, account } = holders[0]!.principal;
      const edges = this.#edgesOf(policies, account);
      for (const { principal, chains } of holders) {
        for (const edge of edges) addAccessEdge(this.#context.draft, principal.key, edge, edge.selected.ways.map(chains.localise));
      }
    }
    const { draft } = this.#context;
    const find = ({ owner, service, arn }: PolicedResource): ServiceResource | undefined => this.#of(owner, service).matching(arn)[0];
    new PolicedAccessEdges({ draft, world: this.#world }, this.#policed, find).add([...this.#bySignature.values()].flat());
    for (const [account, key] of accounts) {
      const selected = ofTheAccount(key);
      for (const service of dataServices)
        for (const resource of this.#of(account, service).all())
          addAccessEdge(this.#context.draft, key, accessTo(resource, "admin", selected));
    }
  }

  #edgesOf(policies: PolicySet, account: string): readonly AccessEdge[] {
    const edges: AccessEdge[] = [];
    const probes = probesOf(policies);
    for (let at = 0; at < probes.length;) {
      const { service } = probes[at]!;
      const ofService: AccessEdge[] = [];
      for (; probes[at]?.service === service; at++) this.#addOfProbe(ofService, probes[at]!, { policies, account });
      for (const edge of strongest(ofService)) edges.push(edge);
    }
    return edges;
  }

  #addOfProbe(
    edges: AccessEdge[],
    { service, level, action }: DataProbe,
    { policies, account }: { readonly policies: PolicySet; readonly account: string },
  ): void {
    const request = [{ action }];
    const { resources: members, wholePrefix } = this.#place(account, service);
    const whole = onWhole(policies, action, askedPrefix(service, action, wholePrefix));
    let patterns = this.#namedPatterns(policies, action, service);
    let throughHub: readonly Way[] | null = null;
    if (whole !== null) {
      edges.push({ to: serviceScopeKey(account, service), kind: "ACCESSES", level, selected: whole });
      if (
        members.size > 0 &&
        excepting(policies, action).every((statement) => meansAllOrNone(statement, `arn:aws:${service.arnService}:`))
      ) {
        edges.push({ to: this.#levelHub(account, service, level), kind: "HAS_ROLE", level: null, selected: whole });
        throughHub = whole.ways;
      } else patterns = [{ resource: "*", inner: service.hasInner === true ? "/any" : "", need: [[]] }, ...patterns];
    }
    for (const { resource: pattern, inner, need } of patterns) {
      const owner = this.#ownerOf(service, pattern) ?? account;
      for (const resource of this.#of(owner, service).matching(pattern)) {
        const found = onResource(policies, request, witnessOf(askedOn(service, action, { resource: resource.arn, inner })));
        if (found === null || this.#policed.has(resource.arn)) continue;
        const selected = { facts: found.facts, conditions: found.conditions, ways: allWays(found.ways, [[need]]) };
        const edge = accessTo(resource, level, owner === account ? selected : elsewhere(selected, owner));
        // Whatever gives it through the hub needs no edge of its own; what would remain without the hub does.
        if (throughHub === null || owner !== account || !waysImply(edge.selected.ways, throughHub)) edges.push(edge);
      }
    }
  }

  /** Resources that the allows, or a boundary's allows, name for the action, and what denies leave out, whatever else they forbid. */
  #namedPatterns(policies: PolicySet, action: string, service: DataService): readonly NamedPattern[] {
    const lower = lowerAction(action);
    const found: Naming[] = [];
    const note = (statement: CompiledStatement, grounds: Alternative): void => {
      const names = this.#names.of(statement, service, policies.variables);
      if (names.length > 0) found.push({ names, grounds });
    };
    for (const { policy } of [...policies.identity, ...policies.ceilings])
      for (const statement of policy.matching(lower).denies) {
        const names = this.#names.exceptedBy(statement, service, policies.variables);
        // No fix takes a deny away for less to be reached.
        if (names.length > 0) found.push({ names, grounds: [] });
      }
    for (const { ref, policy } of policies.identity)
      for (const statement of policy.matching(lower).allows) note(statement, ownGrounds(ref, statement));
    for (const { ref, policy } of policies.ceilings)
      for (const statement of policy.matching(lower).allows) note(statement, [statementGround(ref, statement.id)]);
    return patternsOf(found);
  }

  /** Everything of a service at one level, as a node: a grant to all of it is one edge however many resources there are. */
  #levelHub(account: string, service: DataService, level: AccessLevel): string {
    const key = `${serviceScopeKey(account, service)}-${level}`;
    if (this.#levelHubs.has(key)) return key;
    this.#levelHubs.add(key);
    this.#context.draft.addNode(derivedNode(key, `${level} access to all ${service.label} in ${account}`, { account }));
    const selected = { facts: [{ ref: key, detail: "part of the whole" }], conditions: [], ways: [[]] };
    for (const resource of this.#of(account, service).all())
      if (!this.#policed.has(resource.arn)) addAccessEdge(this.#context.draft, key, accessTo(resource, level, selected));
    return key;
  }

  /** Of what a pattern names, where that is known. */
  #ownerOf(service: DataService, pattern: string): string | null {
    return service.global === true ? (this.#globalOwners.get(pattern) ?? null) : accountOfArn(pattern);
  }

  #of(account: string, service: DataService): ArnIndex<ServiceResource> {
    return this.#places.get(account)?.get(service)?.resources ?? nothing;
  }

  #place(account: string, service: DataService): Place {
    let ofAccount = this.#places.get(account);
    if (ofAccount === undefined) this.#places.set(account, (ofAccount = new Map<DataService, Place>()));
    let place = ofAccount.get(service);
    if (place === undefined)
      ofAccount.set(service, (place = { resources: new ArnIndex<ServiceResource>(), wholePrefix: wholeServicePrefix(account, service) }));
    return place;
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

const elsewhere = (selected: Selected, owner: string): Selected => ({
  ...selected,
  conditions: [...selected.conditions, `a resource policy in account ${owner} allows it too`],
  ways: selected.ways.map((way) => [...way, openNeed]),
});

/** Statements that may leave single things out of what is had of the whole service. */
const excepting = (policies: PolicySet, action: string): readonly CompiledStatement[] =>
  [...policies.identity, ...policies.ceilings].flatMap(({ policy }) => {
    const { allows, denies } = policy.matching(lowerAction(action));
    return [...denies, ...allows.filter(({ notResources }) => notResources !== null)];
  });

/** By the statements that speak of the whole service in the account, whatever others say about parts of it. */
function onWhole(policies: PolicySet, action: string, prefix: string): Selected | null {
  const isWhole = (statement: CompiledStatement): boolean =>
    statement.notResources !== null || statement.resources.some((pattern) => coversPrefix(pattern, prefix));
  const lower = lowerAction(action);
  let [wholes, parts] = [0, 0];
  for (const { policy } of policies.identity)
    for (const statement of policy.matching(lower).allows) {
      if (isWhole(statement)) wholes++;
      else parts++;
    }
  if (wholes === 0) return null;
  const speaking = parts === 0 ? policies : without(policies, (statement) => !isWhole(statement));
  return onResource(speaking, [{ action }], `${prefix}any`);
}

interface NamedPattern {
  readonly resource: string;
  readonly inner: string;
  /** The statements that name it: without them nobody would look there. */
  readonly need: readonly Alternative[];
}

/** What one statement names. */
interface Naming {
  readonly names: readonly StatementName[];
  readonly grounds: Alternative;
}

function patternsOf(found: readonly Naming[]): readonly NamedPattern[] {
  if (found.length === 1) {
    const { names, grounds } = found[0]!;
    return names.map(({ resource, inner }) => ({ resource, inner, need: [grounds] }));
  }
  const byId = new Map<string, { resource: string; inner: string; need: Alternative[] }>();
  for (const { names, grounds } of found)
    for (const { id, resource, inner } of names) {
      const known = byId.get(id);
      if (known === undefined) byId.set(id, { resource, inner, need: [grounds] });
      else known.need.push(grounds);
    }
  return [...byId.keys()].sort(byText).map((id) => byId.get(id)!);
}
