import type { GraphDraft } from "../draft.ts";
import { derivedNode } from "../derived-node.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { EdgeEvidence } from "../types.ts";
import { trustNeed, unhindered } from "./admitted.ts";
import type { Chains } from "./chains.ts";
import { isUniform } from "./target-class.ts";
import { assumeTechnique, trustFact } from "./trusted.ts";
import type { Trusted } from "./trusted.ts";
import { anybodyOf, openedTo, tellsApart } from "./trust-opening.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** Inside its own account a role that trusts everyone is open without any policy of the caller: one edge each to a hub, not one per role. */
export function openRoleEdges(
  draft: GraphDraft,
  world: AwsWorld,
  { opened, chains }: { opened: readonly Trusted[]; chains: Chains },
): void {
  for (const [account, roles] of Map.groupBy(opened, ({ role }) => role.account)) {
    const comers = world.principals.filter((candidate) => candidate.account === account);
    const alike = roles.flatMap((trusted) =>
      tellsApart(trusted.entry) ? [] : (openedFor(trusted, anybodyOf(account, world.moment)) ?? []),
    );
    if (alike.length > 0) addAlike(draft, { account, roles: alike, comers, chains });
    for (const trusted of roles.filter(({ entry }) => tellsApart(entry)))
      for (const principal of comers) {
        const each = openedFor(trusted, { arn: principal.arn, variables: principal.policies.variables });
        if (each !== null && principal.arn !== trusted.role.arn) addDirect(draft, each, { principal, chains });
      }
  }
}

interface Alike {
  readonly account: string;
  readonly roles: readonly Trusted[];
  readonly comers: readonly AwsPrincipal[];
  readonly chains: Chains;
}

function addAlike(draft: GraphDraft, { account, roles, comers, chains }: Alike): void {
  const hub = draft.addNode(derivedNode(`resource:aws:everyone-in:${account}`, `every principal of account ${account}`, { account }));
  for (const trusted of roles)
    addOpen(draft, { from: hub, to: trusted.role.key }, { fact: trustFact(trusted.role, trusted.entry), trusted });
  const prefix = `arn:${roles[0]!.role.arn.split(":")[1]}:iam::${account}:role/`;
  for (const principal of comers) {
    const isAlike = isUniform(principal.policies, { action: "sts:AssumeRole" }, prefix);
    const within = { principal, arn: `${prefix}any`, chains };
    if (isAlike) addOpen(draft, { from: principal.key, to: hub }, { fact: memberFact(principal), within });
    // Its own denies, or its organisation, tell the roles apart.
    else for (const trusted of roles) addDirect(draft, trusted, { principal, chains });
  }
}

const openedFor = ({ role, entry }: Trusted, comer: Parameters<typeof openedTo>[1]): Trusted | null => {
  const opened = openedTo(entry, comer);
  return opened === null ? null : { role, entry: opened };
};

const addDirect = (draft: GraphDraft, trusted: Trusted, { principal, chains }: { principal: AwsPrincipal; chains: Chains }): void =>
  addOpen(
    draft,
    { from: principal.key, to: trusted.role.key },
    { fact: trustFact(trusted.role, trusted.entry), trusted, within: { principal, arn: trusted.role.arn, chains } },
  );

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
    why: resting(evidence([fact], trusted === undefined ? null : assumeTechnique, conditions), [
      [...(trusted === undefined ? [] : [trustNeed(trusted.role, [trusted.entry])]), ...way],
    ]),
  });
}
