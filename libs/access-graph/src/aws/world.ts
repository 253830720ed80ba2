import { isKnown } from "@rollcall/nhi-model";
import type { Identity } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import type { Located, LocatedIdentity } from "../inventory.ts";
import { byText } from "../order.ts";
import { attachablePolicies } from "./attachable-policies.ts";
import type { AttachablePolicies } from "./attachable-policies.ts";
import { iamTypeOf, parseArn } from "./arn.ts";
import type { Arn } from "./arn.ts";
import { organisationOf } from "./authorize/organisation.ts";
import type { AccountLimits, Organisation } from "./authorize/organisation.ts";
import { PolicyReader } from "./authorize/policy-reader.ts";
import type { ReadPolicies } from "./authorize/policy-reader.ts";
import { resourcePoliciesOf } from "./authorize/resource-policies.ts";
import { noContext } from "./condition.ts";
import type { RequestContext } from "./condition.ts";
import type { NamedPolicy, PolicySet } from "./evaluate.ts";
import { sessionMomentOf } from "./moment.ts";
import { missingEnd } from "../gap-words.ts";
import { isServiceLinkedRole } from "../inherent-grant.ts";
import { isRecord } from "../is-record.ts";

import { roleKeyOf } from "./session-arn.ts";
import { SpokenActions } from "./spoken-actions.ts";
import { principalTags, principalVariables, resourceTags } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

export interface AwsPrincipal {
  readonly key: string;
  readonly arn: string;
  readonly account: string;
  readonly type: "user" | "role";
  /** Whether it can sign in with a password; null when the export does not say. */
  readonly hasPassword: boolean | null;
  readonly policies: PolicySet;
  /** Its permission boundary; also among the ceilings. */
  readonly boundaries: readonly NamedPolicy[];
  /** Equal signatures mean equal policies, so permissions are worked out once. */
  readonly signature: string;
  /** Groups it belongs to, by ARN. */
  readonly groups: readonly string[];
  /** Managed policies in force on it, its own and its groups'. */
  readonly attached: readonly string[];
  /** Policies, managed and inline, that it has itself and not only through a group. */
  readonly directPolicies: readonly string[];
  readonly trust: NamedPolicy | null;
}

export interface AwsGroup {
  readonly key: string;
  readonly arn: string;
  readonly account: string;
  readonly policies: readonly NamedPolicy[];
}

export interface AwsWorld {
  readonly principals: readonly AwsPrincipal[];
  readonly byArn: ReadonlyMap<string, AwsPrincipal>;
  /** By `roleKeyOf`. */
  readonly roles: ReadonlyMap<string, AwsPrincipal>;
  readonly groups: ReadonlyMap<string, AwsGroup>;
  readonly groupsOfAccount: ReadonlyMap<string, readonly AwsGroup[]>;
  /** Accounts whose principals are in the inventory. */
  readonly accounts: readonly string[];
  /** Organisation policies by account. */
  readonly organisation: Organisation;
  /** Policies on resources, by the ARN of the resource. */
  readonly resourcePolicies: ReadonlyMap<string, NamedPolicy>;
  /** ARNs of resources that carry a policy which is not known, or not all of it. */
  readonly unreadResourcePolicies: ReadonlySet<string>;
  /** Versions of managed policies that are not the default one, by the ARN of the policy. */
  readonly versions: ReadonlyMap<string, readonly NamedPolicy[]>;
  /** Policies that make an administrator of whoever has them. */
  readonly attachable: AttachablePolicies;
  /** Condition keys that the date of the data answers for every request; empty when a single question brings its own. */
  readonly moment: RequestContext;
}

/** Roles that only AWS itself may change or hand out. */
export const isProtectedRole = (arn: string): boolean => arn.includes(":role/aws-service-role/") || arn.includes(":role/aws-reserved/");

const noLimits: AccountLimits = { levels: [], ceilings: [], missing: [] };

/** Reads principals, groups and their policies from the inventory; what is missing becomes a gap on everyone it concerns. */
export function awsWorld(context: BuildContext, moment: RequestContext = noContext): AwsWorld {
  const reader = new PolicyReader(context);
  const groups = new Map<string, AwsGroup>();
  for (const located of context.inventory.resourcesOfKind("group")) {
    const account = ownerOf(parseArn(located.entity.ref));
    if (account === null) continue;
    groups.set(located.entity.ref, { key: located.key, arn: located.entity.ref, account, policies: reader.attachedTo(located).known });
  }
  const organisation = organisationOf(context, reader);
  const known = { reader, organisation, tagged: tagsOf(context), moments: { moment, session: sessionMomentOf(moment) } };
  const principals: AwsPrincipal[] = [];
  const byArn = new Map<string, AwsPrincipal>();
  for (const located of context.inventory.allIdentities) {
    if (byArn.has(located.entity.ref)) continue;
    const principal = readPrincipal(context, known, located);
    if (principal === null) continue;
    principals.push(principal);
    byArn.set(principal.arn, principal);
  }
  return {
    principals,
    byArn,
    roles: new Map(principals.filter(({ type }) => type === "role").map((role) => [roleKeyOf(role.arn) ?? role.arn, role])),
    groups,
    groupsOfAccount: Map.groupBy(groups.values(), ({ account }) => account),
    accounts: [...new Set(principals.map((principal) => principal.account))].sort(byText),
    organisation,
    ...resourcePoliciesOf(context, reader),
    versions: versionsOf(context, reader),
    attachable: attachablePolicies(context, reader),
    moment,
  };
}

/** `attributes.otherVersions` of a policy: `{versionId, document}` each. */
function versionsOf({ inventory }: BuildContext, reader: PolicyReader): AwsWorld["versions"] {
  const versions = new Map<string, readonly NamedPolicy[]>();
  for (const { entity } of inventory.resourcesOfKind("policy")) {
    const listed = entity.attributes["otherVersions"];
    if (!Array.isArray(listed) || versions.has(entity.ref)) continue;
    const known = listed.flatMap((version: unknown) =>
      isRecord(version) && typeof version["versionId"] === "string" && isRecord(version["document"])
        ? [reader.carried(versionRef(entity.ref, version["versionId"]), version["document"])]
        : [],
    );
    versions.set(
      entity.ref,
      known.sort((a, b) => byText(a.ref, b.ref)),
    );
  }
  return versions;
}

export const versionRef = (policy: string, versionId: string): string => `${policy}#version/${versionId}`;

function groupsOf({ inventory, draft }: BuildContext, reader: PolicyReader, located: Located): readonly Located[] {
  const grants = reader.grantsFrom(located, "membership");
  if (grants.length === 0) return [];
  return grants.flatMap((grant) => {
    const group = inventory.resolve(grant.sourceId, grant.to);
    if (group !== undefined) return [group];
    const detail = missingEnd(grant, grant.to);
    draft.addGap({ ref: located.entity.ref, what: "unresolved_reference", detail });
    return [];
  });
}

interface Known {
  readonly reader: PolicyReader;
  readonly organisation: Organisation;
  readonly tagged: Tagged;
  /** What the date of the data says of any request, and of one with a new session. */
  readonly moments: { readonly moment: RequestContext; readonly session: RequestContext };
}

function readPrincipal(
  context: BuildContext,
  { reader, organisation, tagged, moments }: Known,
  located: LocatedIdentity,
): AwsPrincipal | null {
  const arn = located.entity.ref;
  const parsed = parseArn(arn);
  const account = ownerOf(parsed);
  const type = parsed === null ? null : iamTypeOf(parsed);
  if (account === null || (type !== "user" && type !== "role")) return null;
  const memberships = groupsOf(context, reader, located);
  const direct = reader.attachedTo(located);
  const boundary = reader.read(located, "boundary");
  const attached = memberships.length === 0 ? direct : joined([direct, ...memberships.map((group) => reader.attachedTo(group))]);
  for (const missing of [attached.missing, boundary.missing])
    for (const ref of missing)
      context.draft.addGap({ ref: arn, what: "policy_document_missing", detail: `${ref} is in force, but its document is not known` });
  const identity = attached.known.length < 2 ? attached.known : attached.known.toSorted((a, b) => byText(a.ref, b.ref));
  const limits: AccountLimits = isServiceLinkedRole(arn) ? noLimits : (organisation.scps.get(account) ?? noLimits);
  const ceilings = boundary.known.length === 0 ? limits.ceilings : [...boundary.known, ...limits.ceilings];
  for (const layer of [identity, ceilings])
    for (const { ref, policy } of layer)
      for (const problem of policy.problems) context.draft.addGap({ ref: arn, what: "policy_invalid", detail: `${ref}: ${problem}` });
  const trust = reader.trustOf(located);
  if (type === "role") noteTrust(context, arn, trust);
  const dependsOnIt = (named: NamedPolicy): boolean => named.policy.hasVariables;
  const own = identity.some(dependsOnIt) || ceilings.some(dependsOnIt) ? arn : "";
  const tags = tagged.own.get(arn);
  return {
    key: located.key,
    arn,
    account,
    type,
    trust,
    hasPassword: passwordOf(located.entity),
    boundaries: boundary.known,
    policies: {
      identity,
      unknownIdentity: attached.missing,
      ceilings,
      unknownCeilings: boundary.missing.length === 0 ? limits.missing : [...boundary.missing, ...limits.missing],
      variables: variablesOf(
        arn,
        type === "role" ? moments.session : moments.moment,
        organisationFacts(organisation, account),
        tags !== undefined && keepsTags(identity, type, trust) ? tags : noContext,
      ),
      tagged: changesTags(identity) ? noTags : tagged.asTarget,
    },
    signature: signatureOf(account, own, { identity, boundary }),
    groups: memberships.length === 0 ? none : [...new Set(memberships.map((group) => group.entity.ref))].sort(byText),
    attached: attached.managed.length < 2 ? attached.managed : [...new Set(attached.managed)].sort(byText),
    directPolicies: direct.known.map(({ ref }) => ref),
  };
}

const none: readonly string[] = [];
const noTags: Tagged["asTarget"] = new Map();

/** The first of a name keeps its place, and the last of it counts. */
const joined = (sources: readonly ReadPolicies[]): ReadPolicies => ({
  known: [...new Map(sources.flatMap((source) => source.known).map((named) => [named.ref, named])).values()],
  missing: sources.flatMap((source) => source.missing),
  managed: sources.flatMap((source) => source.managed),
});

function signatureOf(
  account: string,
  own: string,
  { identity, boundary }: { readonly identity: readonly NamedPolicy[]; readonly boundary: ReadPolicies },
): string {
  let text = `${account}\n${own}`;
  for (const { ref } of identity) text += `\n${ref}`;
  text += "\n|";
  for (const { ref } of boundary.known) text += `\n${ref}`;
  text += "\n|";
  for (const ref of boundary.missing) text += `\n${ref}`;
  return text;
}

function variablesOf(arn: string, ...more: readonly PrincipalVariables[]): PrincipalVariables {
  const variables = principalVariables(arn);
  for (const part of more) for (const [key, values] of part) variables.set(key, values);
  return variables;
}

/** What an account being in an organisation says of its principals. */
export const organisationFacts = ({ ids }: Organisation, account: string): PrincipalVariables => {
  const id = ids.get(account);
  return id === undefined ? noContext : new Map([["aws:principalorgid", [id]]]);
};

interface Tagged {
  /** By ARN: the tags of a user or role as keys of its own requests, and of requests about it. */
  readonly own: ReadonlyMap<string, PrincipalVariables>;
  readonly asTarget: ReadonlyMap<string, PrincipalVariables>;
}

function tagsOf({ inventory }: BuildContext): Tagged {
  const tags = inventory.allIdentities.flatMap(({ entity }) =>
    isRecord(entity.attributes["tags"]) ? [[entity.ref, entity.attributes["tags"]] as const] : [],
  );
  return {
    own: new Map(tags.map(([arn, listed]) => [arn, principalTags(listed)])),
    asTarget: new Map(tags.map(([arn, listed]) => [arn, resourceTags(listed)])),
  };
}

const tagActions = new SpokenActions(["iam:TagRole", "iam:TagUser", "iam:UntagRole", "iam:UntagUser"]);
const changesTags = (identity: readonly NamedPolicy[]): boolean => identity.some(({ policy }) => tagActions.of(policy).length > 0);

/** Whether its requests carry the tags it has: it cannot change them, and nobody passes others along when assuming it. */
const keepsTags = (identity: readonly NamedPolicy[], type: "user" | "role", trust: NamedPolicy | null): boolean =>
  !changesTags(identity) && (type === "user" || (trust !== null && trust.policy.matching("sts:tagsession").allows.length === 0));

/** Every role has a trust policy: one that is not known hides who may become the role. */
function noteTrust({ draft }: BuildContext, arn: string, trust: NamedPolicy | null): void {
  if (trust === null) draft.addGap({ ref: arn, what: "policy_document_missing", detail: "its trust policy is not known" });
  for (const problem of trust?.policy.problems ?? [])
    draft.addGap({ ref: arn, what: "policy_invalid", detail: `trust policy: ${problem}` });
}

/** Account part as written: redacted exports carry something other than twelve digits there, and their grants count all the same. */
const ownerOf = (arn: Arn | null): string | null => arn?.account || null;

function passwordOf({ facts }: Identity): boolean | null {
  const fact = facts["auth.interactiveLoginEnabled"];
  return isKnown(fact) ? fact.known === true : null;
}
