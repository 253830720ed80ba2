import { isKnown } from "@rollcall/nhi-model";
import type { Identity } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import type { Located } from "../inventory.ts";
import { byText } from "../order.ts";
import { iamTypeOfArn, parseArn } from "./arn.ts";
import { organisationOf } from "./authorize/organisation.ts";
import type { AccountLimits, Organisation } from "./authorize/organisation.ts";
import { PolicyReader } from "./authorize/policy-reader.ts";
import { resourcePoliciesOf } from "./authorize/resource-policies.ts";
import { noContext } from "./condition.ts";
import type { RequestContext } from "./condition.ts";
import type { NamedPolicy, PolicySet } from "./evaluate.ts";
import { sessionMomentOf } from "./moment.ts";
import { missingEnd, refWords } from "../gap-words.ts";
import { isServiceLinkedRole } from "../inherent-grant.ts";
import { isRecord } from "../is-record.ts";
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
  readonly groups: ReadonlyMap<string, AwsGroup>;
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
  for (const located of context.inventory.all) {
    const account = ownerOf(located.entity.ref);
    if (located.kind !== "resource" || located.entity.kind !== "group" || account === null) continue;
    groups.set(located.entity.ref, { key: located.key, arn: located.entity.ref, account, policies: reader.attachedTo(located).known });
  }
  const organisation = organisationOf(context, reader);
  const tagged = tagsOf(context);
  const principals: AwsPrincipal[] = [];
  const byArn = new Map<string, AwsPrincipal>();
  for (const located of context.inventory.all) {
    if (located.kind !== "identity" || byArn.has(located.entity.ref)) continue;
    const principal = readPrincipal(context, { reader, organisation, tagged, moment }, located);
    if (principal === null) continue;
    principals.push(principal);
    byArn.set(principal.arn, principal);
  }
  return {
    principals,
    byArn,
    groups,
    accounts: [...new Set(principals.map((principal) => principal.account))].sort(byText),
    organisation,
    ...resourcePoliciesOf(context, reader),
    versions: versionsOf(context, reader),
    moment,
  };
}

/** `attributes.otherVersions` of a policy: `{versionId, document}` each. */
function versionsOf({ inventory }: BuildContext, reader: PolicyReader): AwsWorld["versions"] {
  const versions = new Map<string, readonly NamedPolicy[]>();
  for (const { kind, entity } of inventory.all) {
    const listed = kind === "resource" && entity.kind === "policy" ? entity.attributes["otherVersions"] : undefined;
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

function groupsOf({ inventory, draft }: BuildContext, reader: PolicyReader, located: Located): Located[] {
  return reader.grantsFrom(located, "membership").flatMap((grant) => {
    const group = inventory.resolve(grant.sourceId, grant.to);
    if (group !== undefined) return [group];
    const detail = missingEnd(grant, grant.to);
    draft.addGap({ ref: located.entity.ref, what: "unresolved_reference", detail });
    return [];
  });
}

function readPrincipal(
  context: BuildContext,
  { reader, organisation, tagged, moment }: { reader: PolicyReader; organisation: Organisation; tagged: Tagged; moment: RequestContext },
  located: Extract<Located, { kind: "identity" }>,
): AwsPrincipal | null {
  const arn = located.entity.ref;
  const [account, type] = [ownerOf(arn), iamTypeOfArn(arn)];
  if (account === null || (type !== "user" && type !== "role")) return null;
  const memberships = groupsOf(context, reader, located);
  const sources = [reader.attachedTo(located), ...memberships.map((group) => reader.attachedTo(group))];
  const boundary = reader.read(located, "boundary");
  for (const ref of [...sources.flatMap((source) => source.missing), ...boundary.missing]) {
    context.draft.addGap({ ref: arn, what: "policy_document_missing", detail: `${refWords(ref)} is in force, but its text is not known` });
  }
  const identity = [...new Map(sources.flatMap((source) => source.known).map((named) => [named.ref, named])).values()].sort((a, b) =>
    byText(a.ref, b.ref),
  );
  const limits: AccountLimits = isServiceLinkedRole(arn) ? noLimits : (organisation.scps.get(account) ?? noLimits);
  const all = [...identity, ...boundary.known, ...limits.ceilings];
  for (const { ref, policy } of all)
    for (const problem of policy.problems)
      context.draft.addGap({ ref: arn, what: "policy_invalid", detail: `${refWords(ref)}: ${problem}` });
  const trust = reader.trustOf(located);
  if (type === "role") noteTrust(context, arn, trust);
  const own = all.some((named) => named.policy.hasVariables) ? arn : "";
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
      unknownIdentity: sources.flatMap((source) => source.missing),
      ceilings: [...boundary.known, ...limits.ceilings],
      unknownCeilings: [...boundary.missing, ...limits.missing],
      variables: new Map([
        ...knownOf(arn, type, moment),
        ...organisationFacts(organisation, account),
        ...(keepsTags(identity, type, trust) ? (tagged.own.get(arn) ?? []) : []),
      ]),
      ...(tagActions.some((action) => speaksOf(identity, action)) ? {} : { tagged: tagged.asTarget }),
    },
    signature: [
      account,
      own,
      ...identity.map((named) => named.ref),
      "|",
      ...boundary.known.map((named) => named.ref),
      "|",
      ...boundary.missing,
    ].join("\n"),
    groups: [...new Set(memberships.map((group) => group.entity.ref))].sort(byText),
    attached: [...new Set(sources.flatMap((source) => source.managed))].sort(byText),
    directPolicies: sources[0]!.known.map(({ ref }) => ref),
  };
}

/** What is known of any request of the principal, but for its tags. */
const knownOf = (arn: string, type: "user" | "role", moment: RequestContext): PrincipalVariables =>
  new Map([...principalVariables(arn), ...(type === "role" ? sessionMomentOf(moment) : moment)]);

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
  const tags = inventory.all.flatMap(({ kind, entity }) =>
    kind === "identity" && isRecord(entity.attributes["tags"]) ? [[entity.ref, entity.attributes["tags"]] as const] : [],
  );
  return {
    own: new Map(tags.map(([arn, listed]) => [arn, principalTags(listed)])),
    asTarget: new Map(tags.map(([arn, listed]) => [arn, resourceTags(listed)])),
  };
}

const tagActions = ["iam:tagrole", "iam:taguser", "iam:untagrole", "iam:untaguser"];
const speaksOf = (layer: readonly NamedPolicy[], action: string): boolean =>
  layer.some(({ policy }) => policy.matching(action).allows.length > 0);

/** Whether its requests carry the tags it has: it cannot change them, and nobody passes others along when assuming it. */
const keepsTags = (identity: readonly NamedPolicy[], type: "user" | "role", trust: NamedPolicy | null): boolean =>
  !tagActions.some((action) => speaksOf(identity, action)) && (type === "user" || (trust !== null && !speaksOf([trust], "sts:tagsession")));

/** Every role has a trust policy: one that is not known hides who may become the role. */
function noteTrust({ draft }: BuildContext, arn: string, trust: NamedPolicy | null): void {
  if (trust === null) draft.addGap({ ref: arn, what: "policy_document_missing", detail: "its trust policy is not known" });
  for (const problem of trust?.policy.problems ?? [])
    draft.addGap({ ref: arn, what: "policy_invalid", detail: `trust policy: ${problem}` });
}

/** Account part as written: redacted exports carry something other than twelve digits there, and their grants count all the same. */
const ownerOf = (arn: string): string | null => parseArn(arn)?.account || null;

function passwordOf({ facts }: Identity): boolean | null {
  const fact = facts["auth.interactiveLoginEnabled"];
  return isKnown(fact) ? fact.known === true : null;
}
