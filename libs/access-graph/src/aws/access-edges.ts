import type { AccessLevel } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import { evidence } from "../edge-builder.ts";
import { byText } from "../order.ts";
import type { EdgeKind } from "../types.ts";
import { lowerAction } from "./action-name.ts";
import { accountOfArn } from "./arn.ts";
import { ArnIndex } from "./arn-index.ts";
import { dataServices, resourceOfArn, serviceScopeKey, wholeServicePrefix } from "./data-services.ts";
import type { DataService } from "./data-services.ts";
import { probesOf } from "./data-probes.ts";
import type { DataProbe } from "./data-probes.ts";
import type { PolicySet } from "./evaluate.ts";
import { coversPrefix, hasWildcard, witnessOf } from "./glob.ts";
import { derivedNode } from "../derived-node.ts";
import { isUniform, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal } from "./world.ts";
import { expandVariables } from "./variables.ts";

/** A resource of a service in an account: from the inventory, or named by a policy. */
interface ServiceResource {
  readonly arn: string;
  readonly key: string;
  readonly isSecret: boolean;
}

interface AccessEdge {
  readonly to: string;
  readonly kind: EdgeKind;
  readonly level: AccessLevel | null;
  readonly selected: Selected;
}

const servicesByArn: ReadonlyMap<string, readonly DataService[]> = Map.groupBy(dataServices, (service) => service.arnService);

/** ACCESSES: what each principal's policies let it do with the data of its account. Worked out once per distinct set of policies. */
export class AccessEdges {
  readonly #context: BuildContext;
  readonly #resources = new Map<string, ArnIndex<ServiceResource>>();
  readonly #levelHubs = new Set<string>();

  constructor(context: BuildContext) {
    this.#context = context;
    for (const located of context.inventory.all) {
      if (located.kind !== "resource" || located.entity.kind === "policy") continue;
      for (const service of servicesByArn.get(located.entity.ref.split(":", 3)[2] ?? "") ?? []) {
        const account = located.entity.account ?? accountOfArn(located.entity.ref);
        if (account === null || resourceOfArn(service, located.entity.ref)?.resource !== located.entity.ref) continue;
        this.#add(account, service, { arn: located.entity.ref, key: located.key, isSecret: located.entity.kind === "secret" });
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
      this.#addEdge(accountKey, {
        to: key,
        kind: "ACCESSES",
        level: "admin",
        selected: { facts: [{ ref: accountKey, detail: "control of the account" }], conditions: [] },
      });
    }
  }

  /** After all principals: the account controls the resources known in it. */
  addAccountResources(account: string, accountKey: string): void {
    const selected = { facts: [{ ref: accountKey, detail: "control of the account" }], conditions: [] };
    for (const service of dataServices)
      for (const resource of this.#of(account, service).all()) this.#addEdge(accountKey, accessTo(resource, "admin", selected));
  }

  addPrincipals(principals: readonly AwsPrincipal[]): void {
    const bySignature = new Map<string, AwsPrincipal[]>();
    for (const principal of principals) {
      const list = bySignature.get(principal.signature);
      if (list === undefined) bySignature.set(principal.signature, [principal]);
      else list.push(principal);
    }
    const plans = new Map([...bySignature].map(([signature, [first]]) => [signature, planOf(first!.policies)] as const));
    // Names first: a grant to everything must include what only another policy names.
    for (const [signature, [first]] of bySignature) {
      for (const { probe, named } of plans.get(signature)!)
        for (const { resource } of named) this.#derive(resource, first!.account, probe.service);
    }
    for (const [signature, group] of bySignature) {
      const edges = this.#edgesOf(group[0]!.policies, group[0]!.account, plans.get(signature)!);
      for (const principal of group) for (const edge of edges) this.#addEdge(principal.key, edge);
    }
  }

  #derive(pattern: string, account: string, service: DataService): void {
    const owner = service.global === true ? account : (accountOfArn(pattern) ?? account);
    if (this.#of(owner, service).matching(pattern).length > 0) return;
    const name = pattern.slice(pattern.lastIndexOf(":") + 1);
    const key = this.#context.draft.addNode(
      derivedNode(`resource:${pattern}`, hasWildcard(pattern) ? `${service.label} matching ${name}` : name, {
        subkind: service.kind,
        account: owner,
        weight: Math.max(10, service.weight - 20),
        weightReason: `named by a policy; ${service.reason}`,
      }),
    );
    this.#add(owner, service, { arn: pattern, key, isSecret: false });
  }

  #edgesOf(policies: PolicySet, account: string, plan: readonly PlannedProbe[]): AccessEdge[] {
    const edges: AccessEdge[] = [];
    for (const ofService of Map.groupBy(plan, ({ probe }) => probe.service).values()) {
      const certain = new Set<string>();
      for (const ofLevel of Map.groupBy(ofService, ({ probe }) => probe.level).values()) {
        // A stronger level for certain makes the weaker ones redundant.
        const fresh = ofLevel.flatMap((planned) => this.#edgesOfProbe(policies, account, planned)).filter((edge) => !certain.has(edge.to));
        for (const edge of fresh) if (edge.selected.conditions.length === 0) certain.add(edge.to);
        edges.push(...bestPerTarget(fresh));
      }
    }
    return edges;
  }

  #edgesOfProbe(policies: PolicySet, account: string, { probe: { service, level, action }, named }: PlannedProbe): AccessEdge[] {
    const edges: AccessEdge[] = [];
    const request = [{ action }];
    const whole = grantsWhole(policies, action, wholeServicePrefix(account, service))
      ? onResource(policies, request, `${wholeServicePrefix(account, service)}any`)
      : null;
    const members = this.#of(account, service);
    if (whole !== null) {
      edges.push({ to: serviceScopeKey(account, service), kind: "ACCESSES", level, selected: whole });
      if (members.size > 0 && denies(policies, action).every((statement) => isUniform(statement, `arn:aws:${service.arnService}:`))) {
        edges.push({ to: this.#levelHub(account, service, level), kind: "HAS_ROLE", level: null, selected: whole });
        return edges;
      }
    }
    for (const { resource: pattern, inner } of whole === null
      ? named
      : [{ resource: "*", inner: service.hasInner === true ? "/any" : "" }]) {
      const owner = service.global === true ? account : (accountOfArn(pattern) ?? account);
      for (const resource of this.#of(owner, service).matching(pattern)) {
        const selected = onResource(policies, request, witnessOf(resource.arn + inner));
        if (selected !== null) edges.push(accessTo(resource, level, owner === account ? selected : elsewhere(selected, owner)));
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
    const selected = { facts: [{ ref: key, detail: "part of the whole" }], conditions: [] };
    for (const resource of this.#of(account, service).all()) this.#addEdge(key, accessTo(resource, level, selected));
    return key;
  }

  #addEdge(from: string, { to, kind, level, selected }: AccessEdge): void {
    this.#context.draft.addEdge({
      from,
      to,
      kind,
      level,
      conditional: selected.conditions.length > 0,
      why: evidence(selected.facts, null, selected.conditions),
    });
  }

  #of(account: string, service: DataService): ArnIndex<ServiceResource> {
    return this.#resources.get(`${account} ${service.id}`) ?? nothing;
  }

  #add(account: string, service: DataService, resource: ServiceResource): void {
    const key = `${account} ${service.id}`;
    const index = this.#resources.get(key) ?? new ArnIndex<ServiceResource>();
    index.add(resource);
    this.#resources.set(key, index);
  }
}

const nothing = new ArnIndex<ServiceResource>();

/** A probe the principal's documents speak of, with the resources they name for it. */
interface PlannedProbe {
  readonly probe: DataProbe;
  readonly named: readonly { readonly resource: string; readonly inner: string }[];
}

const planOf = (policies: PolicySet): PlannedProbe[] =>
  probesOf(policies).map((probe) => ({ probe, named: namedPatterns(policies, probe.action, probe.service) }));

/** Reading a secret is control of it: whatever it stores is gained too. */
const accessTo = (resource: ServiceResource, level: AccessLevel, selected: Selected): AccessEdge =>
  resource.isSecret && level !== "write"
    ? { to: resource.key, kind: "CAN_READ_SECRET", level: null, selected }
    : { to: resource.key, kind: "ACCESSES", level, selected };

const elsewhere = (selected: Selected, owner: string): Selected => ({
  ...selected,
  conditions: [...selected.conditions, `a resource policy in account ${owner} allows it too`],
});

const denies = (policies: PolicySet, action: string) =>
  [...policies.identity, ...policies.ceilings].flatMap(({ policy }) => policy.matching(lowerAction(action)).denies);

const allows = (policies: PolicySet, action: string) =>
  policies.identity.flatMap(({ policy }) => policy.matching(lowerAction(action)).allows);

const grantsWhole = (policies: PolicySet, action: string, prefix: string): boolean =>
  allows(policies, action).some(
    (statement) => statement.notResources !== null || statement.resources.some((pattern) => coversPrefix(pattern, prefix)),
  );

/** Resources that the allows, or a boundary's allows, name for the action. */
function namedPatterns(policies: PolicySet, action: string, service: DataService): { readonly resource: string; readonly inner: string }[] {
  const found = new Map<string, { resource: string; inner: string }>();
  const limits = policies.ceilings.flatMap(({ policy }) => policy.matching(lowerAction(action)).allows);
  for (const statement of [...allows(policies, action), ...limits]) {
    for (const raw of statement.notResources === null ? statement.resources : []) {
      const parsed = resourceOfArn(service, expandVariables(raw, policies.variables));
      if (parsed === null || /^[*?]*$/.test(parsed.resource.slice(parsed.resource.lastIndexOf(":") + 1))) continue;
      if (!found.has(`${parsed.resource}\n${parsed.inner}`)) found.set(`${parsed.resource}\n${parsed.inner}`, parsed);
    }
  }
  return [...found.keys()].sort(byText).map((key) => found.get(key)!);
}

function bestPerTarget(edges: readonly AccessEdge[]): AccessEdge[] {
  const best = new Map<string, AccessEdge>();
  for (const edge of edges) {
    const key = `${edge.kind} ${edge.to}`;
    const known = best.get(key);
    if (known === undefined || edge.selected.conditions.length < known.selected.conditions.length) best.set(key, edge);
  }
  return [...best.values()];
}
