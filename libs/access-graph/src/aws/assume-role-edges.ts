import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import { byText } from "../order.ts";
import { admitted, delegated, trustNeed } from "./admitted.ts";
import type { Chains } from "./chains.ts";
import type { Caller } from "./self-escalation.ts";
import { derivedNode } from "../derived-node.ts";
import { addSelectionEdges } from "./hubs.ts";
import type { Hubs } from "./hubs.ts";
import { openRoleEdges } from "./open-role-edges.ts";
import { mayAllow, selectTargets, targetClass } from "./target-class.ts";
import type { ClassMember, Selected, Selection, TargetClass } from "./target-class.ts";
import { TrustsByCaller } from "./trusts-by-caller.ts";
import { entriesOf } from "./role-entries.ts";
import type { TrustEntry } from "./trust.ts";
import { assumeTechnique, trustFact } from "./trusted.ts";
import type { Trusted } from "./trusted.ts";
import { accountsMeant, anybodyOf, openedTo, tellsApart } from "./trust-opening.ts";
import { principalVariables } from "./variables.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

const anyone = "external:aws:anyone";

/** CAN_ASSUME: the trust policy lets the principal in, and its own policies do where AWS asks for both. */
export class AssumeRoleEdges {
  readonly #draft: GraphDraft;
  readonly #world: AwsWorld;
  readonly #hubs: Hubs;
  readonly #trusts: readonly Trusted[];
  readonly #delegations: Delegations;
  /** Trusts that name a principal, by its ARN. */
  readonly #named: ReadonlyMap<string, readonly Trusted[]>;
  readonly #remembered = new Map<string, readonly Selection[]>();

  constructor(draft: GraphDraft, world: AwsWorld, hubs: Hubs) {
    this.#draft = draft;
    this.#world = world;
    this.#hubs = hubs;
    this.#trusts = world.principals.flatMap((role) => entriesOf(world, role).map((entry): Trusted => ({ role, entry })));
    this.#delegations = delegations(this.#trusts, world);
    this.#named = Map.groupBy(
      this.#trusts.filter(({ entry: { party } }) => party.kind === "principal"),
      ({ entry: { party } }) => (party.kind === "principal" ? party.arn : ""),
    );
  }

  /** Roles that name the principal, and those that leave the choice to the policies of its account. */
  add(caller: Caller): void {
    const { principal } = caller;
    if (mayAllow(principal.policies, "sts:AssumeRole")) {
      this.#addDelegated(caller);
      const apart = this.#delegations.apart.get(principal.account)?.mayLetIn(principal.policies.variables) ?? [];
      for (const trusted of apart) addApart(this.#draft, caller, trusted);
    }
    for (const trusted of this.#named.get(principal.arn) ?? []) addNamed(this.#draft, caller, trusted);
  }

  #addDelegated({ principal, chains }: Caller): void {
    const classes = this.#delegations.classes.get(principal.account) ?? [];
    let selections = this.#remembered.get(principal.signature);
    if (selections === undefined) {
      selections = classes.map((targets) => selectTargets(principal.policies, [{ action: "sts:AssumeRole" }], targets));
      this.#remembered.set(principal.signature, selections);
    }
    const edge = { from: principal.key, kind: "CAN_ASSUME", technique: assumeTechnique, chains } as const;
    for (const [index, targets] of classes.entries())
      addSelectionEdges(this.#draft, edge, { selection: selections[index]!, targets, hubs: this.#hubs });
  }

  /** Whoever is trusted and not in the inventory, and roles that are open to everyone. */
  addOutside(chains: Chains): void {
    for (const trusted of this.#trusts) {
      const { party } = trusted.entry;
      if (party.kind === "principal" && !this.#world.byArn.has(party.arn))
        addStranger(this.#draft, trusted, { ...party, moment: this.#world.moment });
      if (party.kind === "account") addAccounts(this.#draft, this.#world, { trusted, accounts: [party.account] });
      if (party.kind === "anyone") {
        const accounts = accountsMeant(trusted.entry);
        if (accounts !== null) addAccounts(this.#draft, this.#world, { trusted, accounts });
        else addExternal(this.#draft, trusted, { key: anyone, label: "anyone with an AWS account", account: null });
      }
      if (party.kind === "unsupported")
        this.#draft.addGap({ ref: trusted.role.arn, what: "not_modelled", detail: `trust policy: ${party.detail}` });
    }
    openRoleEdges(this.#draft, this.#world, { opened: this.#trusts.filter(({ entry }) => entry.party.kind === "anyone"), chains });
  }
}

/** A trust that tells the principals of an account apart is asked about one by one. */
function addApart(draft: GraphDraft, caller: Caller, { role, entry }: Trusted): void {
  const { principal } = caller;
  if (principal.arn === role.arn) return;
  const opened = openedTo(entry, { arn: principal.arn, variables: principal.policies.variables });
  const found = opened === null ? null : delegated(principal, { role, entry: opened }, trustFact(role, opened));
  if (found !== null) addFound(draft, { from: caller, to: role }, found);
}

function addNamed(draft: GraphDraft, caller: Caller, { role, entry }: Trusted): void {
  const { principal } = caller;
  const opened = openedTo(entry, { arn: principal.arn, variables: principal.policies.variables });
  const found = opened === null ? null : admitted(principal, { role, entry: opened }, trustFact(role, opened));
  if (found !== null) addFound(draft, { from: caller, to: role }, found);
}

function addFound(draft: GraphDraft, { from, to }: { from: Caller; to: AwsPrincipal }, { facts, conditions, ways }: Selected): void {
  draft.addEdge({
    from: from.principal.key,
    to: to.key,
    kind: "CAN_ASSUME",
    conditional: conditions.length > 0,
    level: null,
    why: resting(evidence(facts, assumeTechnique, conditions), ways.map(from.chains.localise)),
  });
}

interface Delegations {
  /** By trusted account: one class per account whose roles trust it. */
  readonly classes: ReadonlyMap<string, readonly TargetClass[]>;
  /** By trusted account: trusts that depend on which of its principals comes. */
  readonly apart: ReadonlyMap<string, TrustsByCaller>;
}

function delegations(trusts: readonly Trusted[], { accounts, moment }: AwsWorld): Delegations {
  const members = new Map<string, Map<string, Trusted[]>>();
  const apart = new Map<string, TrustsByCaller>();
  for (const trusted of trusts) {
    const { role, entry } = trusted;
    for (const account of delegatedTo(entry, role.account, accounts)) {
      if (tellsApart(entry)) {
        const known = apart.get(account) ?? new TrustsByCaller();
        apart.set(account, known);
        known.add(trusted);
        continue;
      }
      const opened = openedTo(entry, anybodyOf(account, moment));
      if (opened === null) continue;
      const pair = `${account} ${role.account}`;
      const list = members.get(pair) ?? new Map<string, Trusted[]>();
      members.set(pair, list.set(role.arn, [...(list.get(role.arn) ?? []), { role, entry: opened }]));
    }
  }
  const classes = new Map<string, TargetClass[]>();
  for (const pair of [...members.keys()].sort(byText)) {
    const [trusted, owner] = pair.split(" ") as [string, string];
    const label =
      trusted === owner
        ? `roles of account ${owner} that trust their own account`
        : `roles of account ${owner} that trust account ${trusted}`;
    const list = classes.get(trusted) ?? [];
    classes.set(trusted, list);
    list.push(
      targetClass(
        { id: `roles-trusting-${trusted}`, account: owner, label, prefix: prefixOfRoles(members.get(pair)!, owner) },
        [...members.get(pair)!.values()].map(delegatedMember),
      ),
    );
  }
  return { classes, apart };
}

/** The least conditional statement tells the story; each of them is enough. */
function delegatedMember(trusts: readonly Trusted[]): ClassMember {
  const { role, entry } = trusts.find((trusted) => trusted.entry.conditions.length === 0) ?? trusts[0]!;
  return {
    arn: role.arn,
    key: role.key,
    conditions: entry.conditions,
    facts: [trustFact(role, entry)],
    ways: [
      [
        trustNeed(
          role,
          trusts.map((trusted) => trusted.entry),
        ),
      ],
    ],
  };
}

/** Accounts whose own policies decide who comes in. A trust in everyone is one in every other account: across accounts AWS asks for both sides. */
function delegatedTo({ party }: TrustEntry, owner: string, accounts: readonly string[]): readonly string[] {
  if (party.kind === "account") return [party.account];
  return party.kind === "anyone" ? accounts.filter((account) => account !== owner) : [];
}

const prefixOfRoles = (members: ReadonlyMap<string, unknown>, account: string): string => {
  const [first] = members.keys();
  return `arn:${first!.split(":")[1]}:iam::${account}:role/`;
};

function addStranger(
  draft: GraphDraft,
  { role, entry }: Trusted,
  { arn, account, moment }: { arn: string; account: string; moment: AwsWorld["moment"] },
): void {
  const opened = openedTo(entry, { arn, variables: new Map([...principalVariables(arn), ...moment]) });
  const label = arn.slice(arn.lastIndexOf(":") + 1);
  if (opened !== null) addExternal(draft, { role, entry: opened }, { key: `external:${arn}`, label, account });
}

function addAccounts(draft: GraphDraft, world: AwsWorld, { trusted, accounts }: { trusted: Trusted; accounts: readonly string[] }): void {
  for (const account of accounts) {
    const entry = world.accounts.includes(account) ? null : openedTo(trusted.entry, anybodyOf(account, world.moment));
    if (entry === null) continue;
    const node = { key: `external:aws:account:${account}`, label: `AWS account ${account}`, account };
    addExternal(draft, { role: trusted.role, entry }, node);
  }
}

function addExternal(
  draft: GraphDraft,
  { role, entry }: Trusted,
  { key, label, account }: { key: string; label: string; account: string | null },
): void {
  draft.addNode({ ...derivedNode(key, label, { account }), kind: "external", subkind: "external" });
  draft.addEdge({
    from: key,
    to: role.key,
    kind: "CAN_ASSUME",
    conditional: entry.conditions.length > 0,
    level: null,
    why: resting(evidence([trustFact(role, entry)], assumeTechnique, entry.conditions), [[trustNeed(role, [entry])]]),
  });
}
