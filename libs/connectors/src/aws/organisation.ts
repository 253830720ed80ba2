import { asArray, asObject, asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { accountOfArn } from "./arn.ts";
import { readPolicyDocument } from "./read-policy-document.ts";

/** A policy of an organisation with what is known of it; the document is null where the listing brings none or it is damaged. */
export interface OrganisationPolicy {
  /** Of a service or of a resource control policy; organisations have further kinds, which limit nothing here. */
  readonly type: "scp" | "rcp";
  readonly ref: string | null;
  readonly name: string;
  readonly document: Json | null;
}

/** One account of an organisation, with the policies of the root, of each unit on the way and of the account itself. */
export interface OrganisationAccount {
  readonly account: string;
  readonly levels: readonly (readonly OrganisationPolicy[])[];
  /** Service control policies never bind the account that manages the organisation. */
  readonly isManagement: boolean;
}

const MAX_DEPTH = 16;

/** A root or unit with its policies and children, as organisation inventories write it. */
export const isOrganisationTree = (data: Json): boolean =>
  /^(?:r-|ou-|\d{12}$)/.test(asString(data["Id"]) ?? "") &&
  Array.isArray(data["Policies"]) &&
  objectsIn(data["Policies"]).every(isPolicyEntry);

const isPolicyEntry = (entry: Json): boolean =>
  entry["Content"] !== undefined || asString(entry["Arn"])?.includes(":organizations:") === true;

/** The answer of `organizations describe-policy`: it does not say whom the policy applies to. */
export const isDescribedPolicy = (data: Json): boolean => {
  const policy = asObject(data["Policy"]);
  return policy !== undefined && policy["Content"] !== undefined && asObject(policy["PolicySummary"]) !== undefined;
};

/** Every account below the node, with its levels from the root down. */
export function accountsOfOrganisation(root: Json): readonly OrganisationAccount[] {
  const found: OrganisationAccount[] = [];
  const manager = managerOf(root);
  const visit = (node: Json, above: OrganisationAccount["levels"], depth: number): void => {
    const levels = [...above, policiesOf(node)];
    const id = asString(node["Id"]) ?? "";
    if (/^\d{12}$/.test(id)) found.push({ account: id, levels, isManagement: id === manager });
    if (depth < MAX_DEPTH) for (const child of objectsIn(node["Children"])) visit(child, levels, depth + 1);
  };
  visit(root, [], 0);
  return found;
}

/** ARNs of an organisation carry the account that manages it. */
const managerOf = (root: Json): string | null => accountOfArn(asString(root["Arn"]) ?? "");

const policiesOf = (node: Json): readonly OrganisationPolicy[] =>
  objectsIn(asArray(node["Policies"])).flatMap((entry) => policyOf(entry) ?? []);

function policyOf(entry: Json): OrganisationPolicy | null {
  const summary = asObject(entry["PolicySummary"]) ?? entry;
  const ref = asString(summary["Arn"]) ?? null;
  const type = typeOf(asString(summary["Type"]), ref);
  return type === null
    ? null
    : { type, ref, name: asString(summary["Name"]) ?? ref ?? "policy", document: readPolicyDocument(entry["Content"]) };
}

/** As the summary says, or the ARN; a policy of which neither says anything is a service control policy. */
function typeOf(stated: string | undefined, ref: string | null): OrganisationPolicy["type"] | null {
  const named = stated ?? /:policy\/(?:o-[a-z0-9]+\/)?([a-z_0-9]+)\//.exec(ref ?? "")?.[1] ?? "service_control_policy";
  const known: Readonly<Record<string, OrganisationPolicy["type"]>> = { service_control_policy: "scp", resource_control_policy: "rcp" };
  return known[named.toLowerCase()] ?? null;
}

/**
 * Levels of organisation policies out of one file given for one account: an organisation, the answer of `describe-policy`, a document,
 * a list of documents (one level), or a list of lists (levels from the root down). Null when it is none of these.
 */
export function organisationLevels(value: unknown, account: string | null): readonly (readonly unknown[])[] | null {
  if (Array.isArray(value)) return value.every(Array.isArray) ? value.map(documentsIn) : [documentsIn(value)];
  const data = asObject(value);
  if (data === undefined) return null;
  if ("Statement" in data) return [[data]];
  if (isDescribedPolicy(data)) return [[contentOf(asObject(data["Policy"])!)]];
  return isOrganisationTree(data) ? levelsInTree(data, account) : null;
}

/** Documents as they are, or out of the entries that listings wrap them in. */
const documentsIn = (list: readonly unknown[]): readonly unknown[] =>
  list.map((entry) => {
    const data = asObject(entry);
    if (data === undefined || "Statement" in data) return entry;
    return isDescribedPolicy(data) ? contentOf(asObject(data["Policy"])!) : data["Content"] === undefined ? entry : contentOf(data);
  });

const contentOf = (policy: Json): unknown => readPolicyDocument(policy["Content"]) ?? policy["Content"];

function levelsInTree(root: Json, account: string | null): readonly (readonly unknown[])[] {
  const own = accountsOfOrganisation(root).find((each) => each.account === account);
  if (own?.isManagement === true || (account !== null && account === managerOf(root))) return [];
  // An account that the file does not place is at least below its root.
  const levels = own?.levels ?? [policiesOf(root)];
  return levels.map((policies) => policies.filter(({ type }) => type === "scp").map(({ document, name }) => document ?? { missing: name }));
}
