import { asString, objectsIn } from "../input/json-shape.ts";
import { countIn, isPaged, itemsIn } from "./datasets/listings.ts";
import type { AccountBundle } from "./account-bundle.ts";
import type { AwsContext } from "./context.ts";
import { normaliseAccessKey } from "./datasets/access-keys.ts";
import { normaliseOrganisation } from "./datasets/organisation.ts";
import { normaliseResourcePolicy } from "./datasets/resource-policies.ts";

const keyList = "AccessKeyMetadata";

/** What limits or widens access besides the policies of the principals, and the ids of their keys. */
export function addPolicies(context: AwsContext, bundle: AccountBundle, observedAt: string): void {
  addResourcePolicies(context, bundle, observedAt);
  addOrganisations(context, bundle, observedAt);
  addAccessKeys(context, bundle, observedAt);
}

function addResourcePolicies(context: AwsContext, { resourcePolicies }: AccountBundle, observedAt: string): void {
  if (resourcePolicies.length === 0) return;
  const unread = resourcePolicies.filter((policy) => !normaliseResourcePolicy(context, policy)).length;
  const note = "Read one resource at a time: others may have policies too.";
  context.collector.report("resource_policies", {
    outcome: "partial",
    observedAt,
    note: unread === 0 ? note : `${unread} policies could not be read. ${note}`,
  });
}

function addOrganisations(context: AwsContext, { organisations }: AccountBundle, observedAt: string): void {
  const [first, ...rest] = organisations;
  if (first === undefined) return;
  const rejectedBefore = context.collector.rejected.length;
  if (first.account.isManagement)
    context.collector.notes.add("This account manages the organisation: service control policies do not limit it.");
  else normaliseOrganisation(context, first.account, first.where);
  // The levels of two organisations, or of two moments of one, must not be mixed: each would limit what the other allows.
  if (rest.length > 0) context.collector.notes.add(`Only the first of ${organisations.length} organisation files is used: ${first.where}.`);
  const whole = rest.length === 0 && context.collector.rejected.length === rejectedBefore;
  context.collector.report("organisation", whole ? { outcome: "complete", observedAt } : { outcome: "partial", observedAt });
}

function addAccessKeys(context: AwsContext, { accessKeys, details }: AccountBundle, observedAt: string): void {
  if (accessKeys.length === 0) return;
  const byName = new Map(
    details.flatMap(({ data }) => objectsIn(data["UserDetailList"])).map((user) => [asString(user["UserName"]), asString(user["Arn"])]),
  );
  const keys = accessKeys.flatMap(({ data, where }) => itemsIn(data, keyList).map((raw) => ({ raw, where })));
  const unmatched = keys.filter(({ raw, where }) => !normaliseAccessKey(context, raw, { where, arnOf: (name) => byName.get(name) })).length;
  if (unmatched > 0)
    context.collector.notes.add(`${unmatched} listed access keys match no key of the credential report and were left out.`);
  const paged = accessKeys.some(({ data }) => isPaged(data));
  context.collector.report("access_keys", {
    outcome: "partial",
    observedAt,
    note: paged ? "The listing has further pages." : "Listed per user: other users may have keys too.",
  });
}

export function policyTotals({ resourcePolicies, organisations, accessKeys }: AccountBundle): Record<string, number> {
  const totals: Record<string, number> = {};
  if (resourcePolicies.length > 0) totals["resourcePolicies"] = resourcePolicies.length;
  if (accessKeys.length > 0) totals["accessKeys"] = accessKeys.reduce((sum, { data }) => sum + countIn(data, keyList), 0);
  if (organisations.length > 0) totals["organisationPolicies"] = organisations[0]!.account.levels.flat().length;
  return totals;
}
