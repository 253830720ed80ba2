import type { GraphDraft } from "../draft.ts";
import type { EdgeEvidence } from "../types.ts";
import { evidence, resting } from "../edge-builder.ts";
import { byText } from "../order.ts";
import { admitted, trustNeed, unhindered } from "./admitted.ts";
import type { Chains } from "./chains.ts";
import { derivedNode } from "../derived-node.ts";
import { addSelectionEdges } from "./hubs.ts";
import type { Hubs } from "./hubs.ts";
import { isUniform, matchingStatements, selectTargets, targetClass } from "./target-class.ts";
import type { ClassMember, Selection, TargetClass } from "./target-class.ts";
import { trustEntries } from "./trust.ts";
import type { TrustEntry } from "./trust.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

const technique = "sts-001";
const anyone = "external:aws:anyone";

interface Trusted {
  readonly role: AwsPrincipal;
  readonly entry: TrustEntry;
}

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
    if (party.kind === "account" && !world.accounts.includes(party.account))
      addExternal(draft, trusted, {
        key: `external:aws:account:${party.account}`,
        label: `AWS account ${party.account}`,
        account: party.account,
      });
    if (party.kind === "anyone") {
      addExternal(draft, trusted, { key: anyone, label: "anyone with an AWS account", account: null });
    }
    if (party.kind === "unsupported")
      draft.addGap({ ref: trusted.role.arn, what: "not_modelled", detail: `trust policy: ${party.detail}` });
  }
  addOwnAccount(draft, world, { opened: trusts.filter(({ entry }) => entry.party.kind === "anyone"), chains });
}

/** Roles that trust a whole account leave the choice to that account's own policies. */
function addDelegated(draft: GraphDraft, world: AwsWorld, { trusts, hubs, chains }: Hubbed & { trusts: readonly Trusted[] }): void {
  const classes = delegationClasses(trusts, world.accounts);
  const remembered = new Map<string, Selection[]>();
  for (const principal of world.principals) {
    const reachable = classes.get(principal.account) ?? [];
    let selections = remembered.get(principal.signature);
    if (selections === undefined) {
      selections = reachable.map((targets) => selectTargets(principal.policies, [{ action: "sts:AssumeRole" }], targets));
      remembered.set(principal.signature, selections);
    }
    const edge = { from: principal.key, kind: "CAN_ASSUME", technique, chains: chains.of(principal) } as const;
    reachable.forEach((targets, index) => {
      addSelectionEdges(draft, edge, { selection: selections[index]!, targets, hubs });
    });
  }
}

/** By trusted account: one class per account whose roles trust it. */
function delegationClasses(trusts: readonly Trusted[], accounts: readonly string[]): Map<string, TargetClass[]> {
  const members = new Map<string, Map<string, Trusted[]>>();
  for (const trusted of trusts) {
    const { role, entry } = trusted;
    for (const account of delegatedTo(entry, role.account, accounts)) {
      const pair = `${account} ${role.account}`;
      const list = members.get(pair) ?? new Map<string, Trusted[]>();
      members.set(pair, list.set(role.arn, [...(list.get(role.arn) ?? []), trusted]));
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
  return classes;
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

const trustFact = (role: AwsPrincipal, entry: TrustEntry): { ref: string; detail: string } => ({
  ref: role.arn,
  detail: `trust policy ${entry.statement.id} lets ${wordsOf(entry)} in`,
});

function wordsOf({ party }: TrustEntry): string {
  switch (party.kind) {
    case "account":
      return `account ${party.account}`;
    case "principal":
      return party.arn;
    case "anyone":
      return "anyone";
    case "service":
      return party.service;
    case "oidc":
      return party.issuer;
    case "saml":
      return party.provider;
    case "unsupported":
      return party.detail;
  }
}

function addNamed(
  draft: GraphDraft,
  world: AwsWorld,
  { trusted, chains, arn, account }: { trusted: Trusted; chains: Chains; arn: string; account: string },
): void {
  const principal = world.byArn.get(arn);
  if (principal === undefined) {
    addExternal(draft, trusted, { key: `external:${arn}`, label: arn.slice(arn.lastIndexOf(":") + 1), account });
    return;
  }
  const found = admitted(principal, trusted, trustFact(trusted.role, trusted.entry));
  if (found === null) return;
  draft.addEdge({
    from: principal.key,
    to: trusted.role.key,
    kind: "CAN_ASSUME",
    conditional: found.conditions.length > 0,
    level: null,
    why: resting(evidence(found.facts, technique, found.conditions), found.ways.map(chains.of(principal).localise)),
  });
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
    why: resting(evidence([trustFact(role, entry)], technique, entry.conditions), [[trustNeed(role, [entry])]]),
  });
}

/** Inside its own account a role that trusts everyone is open without any policy of the caller: one edge each to a hub, not one per role. */
function addOwnAccount(draft: GraphDraft, world: AwsWorld, { opened, chains }: { opened: readonly Trusted[]; chains: Chains }): void {
  for (const [account, roles] of Map.groupBy(opened, ({ role }) => role.account)) {
    const hub = draft.addNode(derivedNode(`resource:aws:everyone-in:${account}`, `every principal of account ${account}`, { account }));
    for (const { role, entry } of roles)
      addOpen(draft, { from: hub, to: role.key }, { fact: trustFact(role, entry), trusted: { role, entry } });
    const prefix = `arn:${roles[0]!.role.arn.split(":")[1]}:iam::${account}:role/`;
    for (const principal of world.principals.filter((candidate) => candidate.account === account)) {
      const isAlike = matchingStatements(principal.policies, "sts:assumerole").every((statement) => isUniform(statement, prefix));
      if (isAlike)
        addOpen(
          draft,
          { from: principal.key, to: hub },
          { fact: memberFact(principal), within: { principal, arn: `${prefix}any`, chains } },
        );
      // Its own denies, or its organisation, tell the roles apart.
      else
        for (const { role, entry } of roles) {
          const within = { principal, arn: role.arn, chains };
          addOpen(draft, { from: principal.key, to: role.key }, { fact: trustFact(role, entry), trusted: { role, entry }, within });
        }
    }
  }
}

const memberFact = ({ arn, account }: AwsPrincipal): EdgeEvidence["facts"][number] => ({
  ref: arn,
  detail: `a principal of account ${account}`,
});

interface Opening {
  readonly fact: EdgeEvidence["facts"][number];
  /** What opens the role; absent = on the way to the hub. */
  readonly trusted?: Trusted;
  /** Whose denies and limits count; absent = from the hub on. */
  readonly within?: { readonly principal: AwsPrincipal; readonly arn: string; readonly chains: Chains };
}

function addOpen(draft: GraphDraft, { from, to }: { from: string; to: string }, { fact, trusted, within }: Opening): void {
  const found = within === undefined ? { conditions: [], way: [] } : unhindered(within.principal, within.arn, "direct");
  if (found === null) return;
  const conditions = [...(trusted?.entry.conditions ?? []), ...found.conditions];
  const way = within === undefined ? found.way : within.chains.of(within.principal).localise(found.way);
  draft.addEdge({
    from,
    to,
    kind: trusted === undefined ? "MEMBER_OF" : "CAN_ASSUME",
    conditional: conditions.length > 0,
    level: null,
    why: resting(evidence([fact], trusted === undefined ? null : technique, conditions), [
      [...(trusted === undefined ? [] : [trustNeed(trusted.role, [trusted.entry])]), ...way],
    ]),
  });
}
