import { asArray, asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { latestInstant, readInstant } from "../input/read-instant.ts";
import type { AccountBundle } from "./account-bundle.ts";
import type { AwsContext } from "./context.ts";
import { normaliseGroup } from "./datasets/groups.ts";
import { addNamedPolicies, normalisePolicy } from "./datasets/policies.ts";
import { normaliseRole } from "./datasets/roles.ts";
import { normaliseUser } from "./datasets/users.ts";

const lists = { users: "UserDetailList", groups: "GroupDetailList", roles: "RoleDetailList", policies: "Policies" } as const;
type ListName = keyof typeof lists;

interface Located {
  readonly raw: Json;
  readonly where: string;
}

const locate = (bundle: AccountBundle, list: ListName): readonly Located[] =>
  bundle.details.flatMap(({ data, where }) => objectsIn(data[lists[list]]).map((raw) => ({ raw, where })));

export const rolesIn = (bundle: AccountBundle): readonly Json[] => locate(bundle, "roles").map(({ raw }) => raw);

/** Users, groups, roles and policies of all authorization details. Returns whether users and roles are listed completely. */
export function addDetails(context: AwsContext, bundle: AccountBundle, observedAt: string): boolean {
  if (bundle.details.length === 0) return false;
  const groups = locate(bundle, "groups");
  const users = locate(bundle, "users");
  const roles = locate(bundle, "roles");
  const arnByGroup = new Map(groups.map(({ raw }) => [asString(raw["GroupName"]), asString(raw["Arn"])]));
  const groupArn = (name: string): string => arnByGroup.get(name) ?? `arn:aws:iam::${context.account}:group/${name}`;
  const userIds = uniqueIds(users, "UserId");
  const roleIds = uniqueIds(roles, "RoleId");
  for (const { raw, where } of users) normaliseUser(context, raw, { where, groupArn, nativeId: userIds(raw) });
  for (const { raw, where } of roles) normaliseRole(context, raw, { where, nativeId: roleIds(raw) });
  for (const { raw, where } of groups) normaliseGroup(context, raw, where);
  for (const { raw, where } of locate(bundle, "policies")) normalisePolicy(context, raw, where);
  notePolicies(context, addNamedPolicies(context, bundle.details[0]?.where ?? ""));
  reportLists(context, bundle, observedAt);
  return isWhole(bundle, "users") && isWhole(bundle, "roles");
}

function notePolicies(context: AwsContext, { resolved, missing }: { resolved: number; missing: readonly string[] }): void {
  if (resolved > 0)
    context.collector.notes.add(
      `${resolved} AWS managed policies that the export names without a document were read from the published catalogue.`,
    );
  if (missing.length > 0)
    context.collector.notes.add(
      `${missing.length} attached policies have no document anywhere; what they allow is unknown: ${missing.slice(0, 10).join(", ")}${missing.length > 10 ? ", ..." : ""}`,
    );
}

/** AWS ids are unique for ever. An id that two entries share was edited by hand and identifies neither. */
function uniqueIds(items: readonly Located[], field: string): (raw: Json) => string | undefined {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const { raw } of items) {
    const id = asString(raw[field]);
    const arn = asString(raw["Arn"]) ?? "";
    if (id === undefined) continue;
    if ((owners.get(id) ?? arn) !== arn) shared.add(id);
    owners.set(id, arn);
  }
  return (raw) => {
    const id = asString(raw[field]);
    return id === undefined || shared.has(id) ? undefined : id;
  };
}

/** Only one untruncated answer that has the list may say that something is gone. Pages cannot be proven to be all pages. */
function isWhole(bundle: AccountBundle, list: ListName): boolean {
  const [only] = bundle.details;
  return (
    bundle.details.length === 1 &&
    only !== undefined &&
    only.data["IsTruncated"] !== true &&
    Array.isArray(only.data[lists[list]]) &&
    asArray(only.data[lists[list]]).every((item) => typeof item === "object" && item !== null)
  );
}

function reportLists(context: AwsContext, bundle: AccountBundle, observedAt: string): void {
  const truncated = bundle.details.some(({ data }) => data["IsTruncated"] === true);
  for (const list of ["users", "groups", "roles", "policies"] as const) {
    const note = truncated
      ? "The export is one page of several (IsTruncated). Export without paging limits."
      : bundle.details.length > 1
        ? "Several authorization exports of one account: pages or different moments, which cannot be told apart."
        : `The export has no ${lists[list]}; it was probably filtered.`;
    context.collector.report(list, isWhole(bundle, list) ? { outcome: "complete", observedAt } : { outcome: "partial", observedAt, note });
  }
}

export function detailsTotals(bundle: AccountBundle): Record<string, number> {
  if (bundle.details.length === 0) return {};
  return Object.fromEntries(
    (Object.keys(lists) as ListName[]).map((list) => [
      list,
      bundle.details.reduce((sum, { data }) => sum + asArray(data[lists[list]]).length, 0),
    ]),
  );
}

/** The newest event that the export mentions. */
export function newestDetail(bundle: AccountBundle): string | undefined {
  const everything = (["users", "groups", "roles", "policies"] as const).flatMap((list) => locate(bundle, list));
  return latestInstant(
    everything.flatMap(({ raw }) => [
      readInstant(raw["CreateDate"]),
      readInstant(raw["UpdateDate"]),
      readInstant((raw["RoleLastUsed"] as Json | undefined)?.["LastUsedDate"]),
    ]),
  );
}
