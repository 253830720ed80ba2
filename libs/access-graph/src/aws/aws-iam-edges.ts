import type { BuildContext, EdgeBuilder } from "../edge-builder.ts";
import { evidence, resting } from "../edge-builder.ts";
import { AccessEdges } from "./access-edges.ts";
import { restsOn, shieldGround } from "../ways.ts";
import { accountKeys, adminOf, besidesEverything, containmentEdges } from "./account-edges.ts";
import { AssumeRoleEdges } from "./assume-role-edges.ts";
import { ComputeControlEdges } from "./compute-control-edges.ts";
import { TakeOverEdges } from "./escalation-edges.ts";
import { federationEdges } from "./federation-edges.ts";
import { Chains } from "./chains.ts";
import type { PrincipalChains } from "./chains.ts";
import { Hubs } from "./hubs.ts";
import { PrincipalClasses } from "./principal-classes.ts";
import { versionsFor } from "./policy-version-edges.ts";
import { groupGrantsKey } from "./group-join-edges.ts";
import { Guises } from "./guises.ts";
import { momentOf } from "./moment.ts";
import { ProviderEdges } from "./provider-edges.ts";
import { RaisedPowers } from "./raised-powers.ts";
import type { Caller } from "./self-escalation.ts";
import { selfEscalationEdges } from "./self-escalation-edges.ts";
import type { Selected } from "./target-class.ts";
import { targetFacts } from "./target-facts.ts";
import { usesWildcard } from "./wildcard-trait.ts";
import { awsWorld } from "./world.ts";
import type { AwsGroup, AwsPrincipal, AwsWorld } from "./world.ts";

/** Dialect `aws_iam`: effective permissions of users and roles, who may become whom, and what their account holds. */
export const awsIamEdges: EdgeBuilder = { dialect: "aws_iam", build };

function build(context: BuildContext): void {
  const { draft } = context;
  const world = awsWorld(context, momentOf(context.asOf));
  const hubs = new Hubs(draft);
  const classes = new PrincipalClasses(world, targetFacts(context.inventory));
  const accounts = accountKeys(context, world);
  const chains = new Chains(context, world);
  const access = new AccessEdges(context, world);
  const compute = new ComputeControlEdges(context, world, hubs);
  const takeOver = new TakeOverEdges(draft, { classes, hubs, compute });
  const assuming = new AssumeRoleEdges(draft, world, hubs);
  const work = { draft, world, classes, chains, accounts, powers: new RaisedPowers(world), guises: new Guises(draft) };
  for (const [account, key] of accounts) access.addAccount(account, key);
  containmentEdges(context, world, accounts);
  federationEdges(draft, world);
  const providers = new ProviderEdges(draft, world);
  const add = ({ principal, chains: own }: Caller, isRaised = false): Caller => {
    const admin = adminOf(principal);
    if (admin !== null) addOwnership(context, { from: principal.key, to: accounts.get(principal.account)!, chains: own }, admin);
    // Control of the account implies everything else; only what would be left without it is said beside it.
    const beside = admin !== null && admin.conditions.length === 0 && !isRaised ? besidesEverything(principal) : principal;
    takeOver.add(beside, own);
    providers.add(beside, own);
    compute.add(beside, own);
    access.add(beside, own);
    return { principal: beside, chains: own };
  };
  for (const principal of world.principals) {
    const caller = { principal, chains: chains.of(principal) };
    assuming.add(caller);
    selfEscalationEdges(work, add(caller));
    for (const { under, policy } of versionsFor(world, principal)) access.addNames(under, caller.chains.supposing(under.key, policy));
  }
  assuming.addOutside(chains);
  for (let guise = work.guises.next(); guise !== undefined; guise = work.guises.next()) {
    assuming.add(guise);
    selfEscalationEdges(work, add(guise, guise.isRaised), guise);
  }
  for (const group of world.groups.values()) {
    const principal = asPrincipal(group, world);
    const own = chains.ofGroup(group.key, principal);
    if (draft.hasNode(groupGrantsKey(group))) add({ principal, chains: own });
    else access.addNames(principal, own);
  }
  compute.addOutside();
  access.finish(accounts);
  for (const principal of world.principals) describePrincipal(context, { world, chains }, principal);
  addRuntimes(context);
}

function addOwnership(
  { draft }: BuildContext,
  { from, to, chains }: { from: string; to: string; chains: PrincipalChains },
  admin: Selected,
): void {
  draft.addEdge({
    from,
    to,
    kind: "OWNS",
    conditional: admin.conditions.length > 0,
    level: null,
    why: resting(evidence(admin.facts, null, admin.conditions), admin.ways.map(chains.localise)),
  });
}

/** What a group gives to whoever joins it: evaluated as a user with only the group's policies. */
const asPrincipal = (group: AwsGroup, { moment }: AwsWorld): AwsPrincipal => ({
  key: groupGrantsKey(group),
  arn: group.arn,
  account: group.account,
  type: "user",
  trust: null,
  hasPassword: null,
  boundaries: [],
  policies: { identity: group.policies, ceilings: [], unknownCeilings: [], variables: moment },
  signature: [group.account, "", ...group.policies.map((named) => named.ref), "|", "|"].join("\n"),
  groups: [],
  attached: [],
  directPolicies: [],
});

function describePrincipal({ draft }: BuildContext, { world, chains }: { world: AwsWorld; chains: Chains }, principal: AwsPrincipal): void {
  draft.setTraits(principal.key, { wildcard: usesWildcard(principal) });
  for (const arn of principal.groups) {
    const group = world.groups.get(arn);
    if (group !== undefined)
      draft.addEdge({
        from: principal.key,
        to: group.key,
        kind: "MEMBER_OF",
        conditional: false,
        level: null,
        why: resting(evidence([{ ref: arn, detail: "group membership" }]), [[chains.of(principal).membership(arn)]]),
      });
  }
}

/** instance_profile: the machine in `from` runs as the role in `to`. */
function addRuntimes({ grants, inventory, draft }: BuildContext): void {
  for (const grant of grants) {
    if (grant.grantKind !== "instance_profile") continue;
    const [from, to] = [inventory.resolve(grant.sourceId, grant.from), inventory.resolve(grant.sourceId, grant.to)];
    if (from?.kind !== "resource" || to?.kind !== "identity") continue;
    draft.addEdge({
      from: from.key,
      to: to.key,
      kind: "RUNS_AS",
      conditional: false,
      level: null,
      why: resting(
        evidence([{ ref: grant.ref, detail: "instance profile" }]), // Without it the role is unknown rather than none: other roles would be guessed.
        restsOn(shieldGround(grant)),
      ),
    });
  }
}
