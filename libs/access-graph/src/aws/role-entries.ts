import { globMatches } from "./glob.ts";
import type { CompiledStatement } from "./policy.ts";
import { anybodyOf, deniesAnyOf } from "./trust-opening.ts";
import { trustAction, trustEntries, undenied } from "./trust.ts";
import type { TrustEntry } from "./trust.ts";
import { roleKeyOf } from "./session-arn.ts";
import { isServiceLinkedRole } from "../inherent-grant.ts";
import { organisationFacts } from "./world.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** Who may become the role: by its trust policy, less what resource control policies of its organisation deny. */
export function entriesOf(world: AwsWorld, role: AwsPrincipal): readonly TrustEntry[] {
  const entries = role.trust === null ? [] : trustEntries(role.trust.policy).map((entry) => withPath(world, entry));
  const rcps = isServiceLinkedRole(role.arn) ? undefined : world.organisation.rcps.get(role.account);
  if (rcps === undefined) return entries;
  return entries.flatMap((entry) => {
    const concerning = rcps.ceilings
      .flatMap(({ policy }) => policy.matching(trustAction(entry.party)).denies)
      .filter((deny) => isAbout(deny, role.arn) && mayMeet(world, deny, entry));
    if (concerning.some(({ conditions }) => conditions.length === 0)) return [];
    const unknown = rcps.missing.map((ref) => `the resource control policy ${ref}, whose document is not known, does not deny it`);
    if (concerning.length + unknown.length === 0) return [entry];
    return [
      {
        ...entry,
        denies: [...entry.denies, ...concerning],
        conditions: [...entry.conditions, ...concerning.map(undenied), ...unknown],
        open: [...entry.open, ...unknown.map((words) => ({ operator: words, key: "", values: [] }))],
      },
    ];
  });
}

/** A session names its role without the path; the role itself has one. */
function withPath(world: AwsWorld, entry: TrustEntry): TrustEntry {
  const { party } = entry;
  if (party.kind !== "principal" || party.session === undefined) return entry;
  const arn = world.roles.get(roleKeyOf(party.arn)!)?.arn;
  return arn === undefined || arn === party.arn ? entry : { ...entry, party: { ...party, arn } };
}

const isAbout = ({ resources, notResources }: CompiledStatement, arn: string): boolean =>
  notResources === null
    ? resources.some((pattern) => globMatches(pattern, arn))
    : !notResources.some((pattern) => globMatches(pattern, arn));

/** Whole accounts of the organisation are outside of most: saying so once spares asking for each of their principals. */
function mayMeet(world: AwsWorld, deny: CompiledStatement, { party }: TrustEntry): boolean {
  if (party.kind !== "account" && party.kind !== "principal") return true;
  const { account } = party;
  const anybody = anybodyOf(account, world.moment);
  return deniesAnyOf(deny, { ...anybody, variables: new Map([...anybody.variables, ...organisationFacts(world.organisation, account)]) });
}
