import type { BuildContext } from "../edge-builder.ts";
import { derivedNode, namedByPolicy } from "../derived-node.ts";
import { byText } from "../order.ts";
import type { Alternative, Ground } from "../types.ts";
import { lowerAction } from "./action-name.ts";
import type { ArnIndex } from "./arn-index.ts";
import type { PrincipalChains } from "./chains.ts";
import { probesOf } from "./data-probes.ts";
import type { DataService } from "./data-services.ts";
import type { NamedPolicy } from "./evaluate.ts";
import { hasWildcard } from "./glob.ts";
import type { CompiledPolicy, CompiledStatement } from "./policy.ts";
import type { StatementNames } from "./statement-names.ts";
import { ownGrounds } from "./support.ts";
import type { AwsPrincipal } from "./world.ts";

/** A resource that only policies speak of. */
export interface NamedResource {
  readonly arn: string;
  readonly key: string;
  readonly account: string;
  readonly service: DataService;
  /** The statements that name it, each with what puts it in force: without all of them nobody would know of it. */
  readonly namedBy: readonly Alternative[];
}

interface Mention {
  readonly service: DataService;
  readonly pattern: string;
  readonly statement: CompiledStatement;
}

interface Found extends Mention {
  readonly account: string;
  readonly byStatement: Map<Ground, Holders>;
}

/** Beyond this many holders of one statement only what they have in common counts as what the name rests on. */
const holdersKept = 8;

/** Collects what policies in force name. Which names are new depends on the inventory alone, not on other names. */
export class NamedResources {
  readonly #names: StatementNames;
  readonly #ownerOf: (service: DataService, pattern: string) => string | null;
  readonly #mentions = new Map<CompiledPolicy, readonly Mention[]>();
  /** By account of the resource, service and pattern. */
  readonly #found = new Map<string, Map<DataService, Map<string, Found>>>();

  constructor(names: StatementNames, ownerOf: (service: DataService, pattern: string) => string | null) {
    this.#names = names;
    this.#ownerOf = ownerOf;
  }

  addPrincipal({ policies, account }: AwsPrincipal, chains: PrincipalChains): void {
    for (const named of policies.identity) this.#add(named, account, { variables: policies.variables, chains: chains.to(named.ref) });
    for (const named of policies.ceilings) this.#add(named, account, { variables: policies.variables, chains: [[]] });
  }

  /** Those that no resource of the inventory answers to, as nodes. */
  derive(
    { draft }: BuildContext,
    inventoryOf: (account: string, service: DataService) => ArnIndex<{ readonly arn: string }>,
  ): NamedResource[] {
    const named: NamedResource[] = [];
    for (const { account, service, pattern, byStatement } of this.#inOrder()) {
      if (inventoryOf(account, service).matching(pattern).length > 0) continue;
      const name = pattern.slice(pattern.lastIndexOf(":") + 1);
      const key = draft.addNode(
        derivedNode(`resource:${pattern}`, hasWildcard(pattern) ? `${service.label} matching ${name}` : name, {
          subkind: service.kind,
          account,
          weight: Math.max(10, service.weight - 20),
          weightReason: `${namedByPolicy}; ${service.reason}`,
        }),
      );
      const namedBy = [...byStatement].flatMap(([statement, holders]) => holders.chains().map((chain) => [statement, ...chain]));
      named.push({ arn: pattern, key, account, service, namedBy });
    }
    return named;
  }

  #add(
    { ref, policy }: NamedPolicy,
    account: string,
    { variables, chains }: { variables: AwsPrincipal["policies"]["variables"]; chains: readonly Alternative[] },
  ): void {
    for (const mention of this.#mentionsOf(policy, variables)) {
      const owner = this.#ownerOf(mention.service, mention.pattern) ?? account;
      const ground = ownGrounds(ref, mention.statement)[0]!;
      const { byStatement } = this.#foundOf(owner, mention);
      for (const chain of chains) {
        const holders = byStatement.get(ground);
        if (holders === undefined) byStatement.set(ground, new Holders(chain));
        else holders.add(chain);
      }
    }
  }

  #foundOf(account: string, mention: Mention): Found {
    let ofAccount = this.#found.get(account);
    if (ofAccount === undefined) this.#found.set(account, (ofAccount = new Map<DataService, Map<string, Found>>()));
    let ofService = ofAccount.get(mention.service);
    if (ofService === undefined) ofAccount.set(mention.service, (ofService = new Map<string, Found>()));
    let found = ofService.get(mention.pattern);
    if (found === undefined) ofService.set(mention.pattern, (found = { ...mention, account, byStatement: new Map<Ground, Holders>() }));
    return found;
  }

  #inOrder(): readonly Found[] {
    const all = [...this.#found.values()].flatMap((ofAccount) => [...ofAccount.values()].flatMap((ofService) => [...ofService.values()]));
    return all.sort((a, b) => byText(a.account, b.account) || byText(a.service.id, b.service.id) || byText(a.pattern, b.pattern));
  }

  #mentionsOf(policy: CompiledPolicy, variables: AwsPrincipal["policies"]["variables"]): readonly Mention[] {
    const known = policy.hasVariables ? undefined : this.#mentions.get(policy);
    if (known !== undefined) return known;
    const mentions = new Map<string, Mention>();
    const read = new Set<CompiledStatement>();
    let last: DataService | null = null;
    for (const { service, action } of probesOf({ identity: [{ ref: "", policy }] })) {
      if (service !== last) read.clear();
      last = service;
      for (const statement of policy.matching(lowerAction(action)).allows) {
        // Other actions of the service ask about the same names.
        if (read.has(statement)) continue;
        read.add(statement);
        for (const { resource } of this.#names.of(statement, service, variables))
          mentions.set(`${service.id} ${resource} ${statement.id}`, { service, pattern: resource, statement });
      }
    }
    const list = [...mentions.values()];
    this.#mentions.set(policy, list);
    return list;
  }
}

class Holders {
  readonly #kept: Alternative[];
  #common: Alternative;
  #count = 1;

  constructor(chain: Alternative) {
    this.#kept = [chain];
    this.#common = chain;
  }

  add(chain: Alternative): void {
    this.#count++;
    if (this.#kept.length < holdersKept) this.#kept.push(chain);
    this.#common = this.#common.filter((ground) => chain.includes(ground));
  }

  chains(): readonly Alternative[] {
    return this.#count > holdersKept ? [this.#common] : this.#kept;
  }
}
