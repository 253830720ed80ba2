import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import { byText } from "../order.ts";
import { admitted, delegated, trustNeed } from "./admitted.ts";
import type { Chains } from "./chains.ts";
import { derivedNode } from "../derived-node.ts";
import { addSelectionEdges } from "./hubs.ts";
import type { Hubs } from "./hubs.ts";
import { openRoleEdges } from "./open-role-edges.ts";
import { mayAllow, selectTargets, targetClass } from "./target-class.ts";
import type { ClassMember, Selected, Selection, TargetClass } from "./target-class.ts";
import { trustEntries } from "./trust.ts";
import type { TrustEntry } from "./trust.ts";
import { assumeTechnique, trustFact } from "./trusted.ts";
import type { Trusted } from "./trusted.ts";
import { accountsMeant, anybodyOf, openedTo, tellsApart } from "./trust-opening.ts";
import { principalVariables } from "./variables.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

const anyone = "external:aws:anyone";

export interface Hubbed {
  readonly hubs: Hubs;
  readonly chains: Chains;
}

/** CAN_ASSUME: the trust policy lets the principal in, and its own policies do where AWS asks for both. */
export function assumeRoleEdges(draft: GraphDraft, world: AwsWorld, { hubs, chains }: Hubbed): void {
  const trusts = world.principals.flatMap((role) =>
    role.trust === null ? [] : trustEntries(role.trust.policy).map((entry): Trusted => ({ role, entry })),
  );
  addDelegated(draft, world, { trusts, hubs, chains });
  for (const trusted of trusts) {
    const { party } = trusted.entry;
    if (party.kind === "principal") addNamed(draft, world, { trusted, chains, arn: party.arn, account: party.account });
    if (party.kind === "account") addAccounts(draft, world, { trusted, accounts: [party.account] });
    if (party.kind === "anyone") {
      const accounts = accountsMeant(trusted.entry);
      if (accounts !== null) addAccounts(draft, world, { trusted, accounts });
      else addExternal(draft, trusted, { key: anyone, label: "anyone with an AWS account", account: null });
    }
    if (party.kind === "unsupported")
      draft.addGap({ ref: trusted.role.arn, what: "not_modelled", detail: `trust policy: ${party.detail}` });
  }
  openRoleEdges(draft, world, { opened: trusts.filter(({ entry }) => entry.party.kind === "anyone"), chains });
}

/** Roles that trust a whole account leave the choice to that account's own policies. */
function addDelegated(draft: GraphDraft, world: AwsWorld, { trusts, hubs, chains }: Hubbed & { trusts: readonly Trusted[] }): void {
  const { classes, apart } = delegations(trusts, world.accounts);
  const remembered = new Map<string, Selection[]>();
  for (const principal of world.principals) {
    const reachable = classes.get(principal.account) ?? [];
    let selections = remembered.get(principal.signature);
    if (selections === undefined) {
      selections = reachable.map((targets) => selectTargets(principal.policies, [{ action: "sts:AssumeRole" }], targets));
      remembered.set(principal.signature, selections);
    }
    const edge = { from: principal.key, kind: "CAN_ASSUME", technique: assumeTechnique, chains: chains.of(principal) } as const;
    reachable.forEach((targets, index) => {
      addSelectionEdges(draft, edge, { selection: selections[index]!, targets, hubs });
    });
    if (mayAllow(principal.policies, "sts:AssumeRole"))
      for (const trusted of apart.get(principal.account) ?? []) addApart(draft, principal, { trusted, chains });
  }
}

/** A trust that tells the principals of an account apart is asked about one by one. */
function addApart(
  draft: GraphDraft,
  principal: AwsPrincipal,
  { trusted: { role, entry }, chains }: { trusted: Trusted; chains: Chains },
): void {
  if (principal.arn === role.arn) return;
  const opened = openedTo(entry, { arn: principal.arn, variables: principal.policies.variables });
  const found = opened === null ? null : delegated(principal, { role, entry: opened }, trustFact(role, opened));
  if (found !== null) addFound(draft, { from: principal, to: role, chains }, found);
}

function addFound(
  draft: GraphDraft,
  { from, to, chains }: { from: AwsPrincipal; to: AwsPrincipal; chains: Chains },
  { facts, conditions, ways }: Selected,
): void {
  draft.addEdge({
    from: from.key,
    to: to.key,
    kind: "CAN_ASSUME",
    conditional: conditions.length > 0,
    level: null,
    why: resting(evidence(facts, assumeTechnique, conditions), ways.map(chains.of(from).localise)),
  });
}

interface Delegations {
  /** By trusted account: one class per account whose roles trust it. */
  readonly classes: ReadonlyMap<string, readonly TargetClass[]>;
  /** By trusted account: trusts that depend on which of its principals comes. */
  readonly apart: ReadonlyMap<string, readonly Trusted[]>;
}

function delegations(trusts: readonly Trusted[], accounts: readonly string[]): Delegations {
  const members = new Map<string, Map<string, Trusted[]>>();
  const apart = new Map<string, Trusted[]>();
  for (const trusted of trusts) {
    const { role, entry } = trusted;
    for (const account of delegatedTo(entry, role.account, accounts)) {
      if (tellsApart(entry)) {
        apart.set(account, [...(apart.get(account) ?? []), trusted]);
        continue;
      }
      const opened = openedTo(entry, anybodyOf(account));
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

function addNamed(
  draft: GraphDraft,
  world: AwsWorld,
  { trusted, chains, arn, account }: { trusted: Trusted; chains: Chains; arn: string; account: string },
): void {
  const principal = world.byArn.get(arn);
  const entry = openedTo(trusted.entry, { arn, variables: principal?.policies.variables ?? principalVariables(arn) });
  if (entry === null) return;
  const opened = { role: trusted.role, entry };
  if (principal === undefined) {
    addExternal(draft, opened, { key: `external:${arn}`, label: arn.slice(arn.lastIndexOf(":") + 1), account });
    return;
  }
  const found = admitted(principal, opened, trustFact(trusted.role, entry));
  if (found !== null) addFound(draft, { from: principal, to: trusted.role, chains }, found);
}

function addAccounts(draft: GraphDraft, world: AwsWorld, { trusted, accounts }: { trusted: Trusted; accounts: readonly string[] }): void {
  for (const account of accounts) {
    const entry = world.accounts.includes(account) ? null : openedTo(trusted.entry, anybodyOf(account));
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
