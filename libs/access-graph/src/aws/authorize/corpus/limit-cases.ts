import { account, allow, bucket, by, deny, grant, it, object, other, policy, role, root, session, user } from "./corpus-case.ts";
import type { CorpusCase } from "./corpus-case.ts";

const all = policy(allow("*"));
const reads = policy(allow("s3:GetObject"));
const writes = policy(allow("s3:PutObject"));
const rcpFull = policy(grant("*", "*"));
const rcpDeny = policy({
  ...grant("*", "s3:*"),
  Effect: "Deny",
  Condition: { StringNotEqualsIfExists: { "aws:PrincipalAccount": account } },
});
const named = (principal: string): Readonly<Record<string, unknown>> => ({
  resourcePolicy: policy(grant({ AWS: principal }, "s3:GetObject", `${bucket}/*`)),
});

/** Boundaries, session policies and organisation policies, alone and against resource policies. */
export const limitCases: readonly CorpusCase[] = [
  by("a boundary that allows", "allowed", [allow("s3:*")], { boundary: reads }),
  by("a boundary that does not", "implicitly_denied", [allow("s3:*")], { boundary: writes }),
  it("a boundary grants nothing", "implicitly_denied", { boundary: all }),
  by("a boundary that denies", "explicitly_denied", [allow("s3:*")], { boundary: policy(allow("*"), deny("s3:Get*")) }),
  it("a boundary denies without any allow", "explicitly_denied", { boundary: policy(deny("s3:*")) }),
  by("a session policy that allows", "allowed", [allow("s3:*")], { principal: session, sessionPolicies: [reads] }),
  by("a session policy that does not", "implicitly_denied", [allow("s3:*")], { principal: session, sessionPolicies: [writes] }),
  by("session policies add up", "allowed", [allow("s3:*")], { principal: session, sessionPolicies: [writes, reads] }),
  it("a session policy grants nothing", "implicitly_denied", { principal: session, sessionPolicies: [all] }),
  by("a session policy that denies", "explicitly_denied", [allow("s3:*")], {
    principal: session,
    sessionPolicies: [all, policy(deny("s3:*"))],
  }),
  by("an empty list of session policies limits nothing", "allowed", [allow("s3:*")], { principal: session, sessionPolicies: [] }),
  by("identity, boundary and session must agree", "implicitly_denied", [allow("s3:*")], {
    principal: session,
    boundary: writes,
    sessionPolicies: [reads],
  }),
  by("one level that allows", "allowed", [allow("s3:*")], { scps: [[all]] }),
  by("every level must allow", "implicitly_denied", [allow("s3:*")], { scps: [[all], [writes], [all]] }),
  by("policies of a level add up", "allowed", [allow("s3:*")], { scps: [[all], [writes, reads]] }),
  by("a level without policies allows nothing", "implicitly_denied", [allow("s3:*")], { scps: [[all], []] }),
  by("no levels, no organisation", "allowed", [allow("s3:*")], { scps: [] }),
  by("a deny at the root", "explicitly_denied", [allow("s3:*")], { scps: [[all, policy(deny("s3:*"))], [all]] }),
  by("a deny with a condition", "explicitly_denied", [allow("s3:*")], {
    scps: [[all, policy(deny("s3:*", "*", { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } }))]],
    context: { "aws:RequestedRegion": "us-east-1" },
  }),
  by("a deny with a condition that is not met", "allowed", [allow("s3:*")], {
    scps: [[all, policy(deny("s3:*", "*", { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } }))]],
    context: { "aws:RequestedRegion": "eu-west-1" },
  }),
  it("an organisation grants nothing", "implicitly_denied", { scps: [[all]] }),
  it("an organisation binds the root user of a member", "explicitly_denied", { principal: root, scps: [[all, policy(deny("s3:*"))]] }),
  by("an organisation leaves service-linked roles alone", "allowed", [allow("s3:*")], {
    principal: `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
    scps: [[policy(deny("*"))]],
  }),
  it("an organisation does not bind services", "allowed", {
    principal: "cloudtrail.amazonaws.com",
    scps: [[policy(deny("*"))]],
    resourcePolicy: policy(grant({ Service: "cloudtrail.amazonaws.com" }, "s3:GetObject", `${bucket}/*`)),
  }),
  by("a single document in place of a level", "implicitly_denied", [allow("s3:*")], { scps: [all, writes] }),
  by("a resource control policy that does not apply", "allowed", [allow("s3:*")], { rcps: [[rcpFull, rcpDeny]] }),
  by("what AWS attaches cannot be detached", "allowed", [allow("s3:*")], { rcps: [[rcpDeny]] }),
  by("a level of resource control policies that is empty", "implicitly_denied", [allow("s3:*")], { rcps: [[rcpFull], []] }),
  by("a resource control policy that denies", "explicitly_denied", [allow("s3:*")], {
    principal: `arn:aws:iam::${other}:user/eve`,
    rcps: [[rcpFull, rcpDeny]],
    ...named(other),
  }),
  by("resource control policies leave service-linked roles alone", "allowed", [allow("s3:*")], {
    principal: `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
    rcps: [[rcpFull, policy({ ...grant("*", "s3:*"), Effect: "Deny" })]],
  }),
  it("resource control policies bind services", "explicitly_denied", {
    principal: "cloudtrail.amazonaws.com",
    rcps: [[rcpFull, policy({ ...grant("*", "s3:*"), Effect: "Deny" })]],
    resourcePolicy: policy(grant({ Service: "cloudtrail.amazonaws.com" }, "s3:GetObject", `${bucket}/*`)),
  }),
  it("a user named by the resource needs no boundary", "allowed", { boundary: writes, ...named(user) }),
  it("a boundary's deny still counts", "explicitly_denied", { boundary: policy(allow("*"), deny("s3:*")), ...named(user) }),
  it("a user seen through a session is bound by it", "implicitly_denied", { sessionPolicies: [writes], ...named(user) }),
  it("a role named by the resource needs no identity policy", "allowed", { principal: role, ...named(role) }),
  it("a role named by the resource is bound by its boundary", "implicitly_denied", { principal: role, boundary: writes, ...named(role) }),
  it("a role named by the resource, within its boundary", "allowed", { principal: role, boundary: reads, ...named(role) }),
  it("a session whose role is named is bound by the session policy", "implicitly_denied", {
    principal: session,
    sessionPolicies: [writes],
    ...named(role),
  }),
  it("a session whose role is named, within the session policy", "allowed", {
    principal: session,
    sessionPolicies: [reads],
    ...named(role),
  }),
  it("a session named itself is not bound by boundary or session policy", "allowed", {
    principal: session,
    boundary: writes,
    sessionPolicies: [writes],
    ...named(session),
  }),
  it("a session policy's deny still counts", "explicitly_denied", {
    principal: session,
    sessionPolicies: [policy(deny("s3:*"))],
    ...named(session),
  }),
  it("another session of the role", "implicitly_denied", { principal: session, ...named(session.replace("run1", "run2")) }),
  it("an organisation binds what a resource grants", "implicitly_denied", { scps: [[writes]], ...named(user) }),
  it("the account named leaves it to identity policies", "implicitly_denied", named(root)),
  it("the account named and an identity policy", "allowed", { identityPolicies: reads, ...named(root) }),
  it("the account named does not lift the boundary", "implicitly_denied", { identityPolicies: reads, boundary: writes, ...named(root) }),
  it("a federated user named itself", "allowed", {
    principal: `arn:aws:sts::${account}:federated-user/eve`,
    sessionPolicies: [writes],
    ...named(`arn:aws:sts::${account}:federated-user/eve`),
  }),
  it("unknown conditions in a boundary stay open", "conditional", {
    context: undefined,
    identityPolicies: reads,
    boundary: policy(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })),
  }),
  it("a level that is silent settles it whatever the context", "implicitly_denied", {
    context: undefined,
    identityPolicies: policy(allow("s3:*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })),
    scps: [[writes]],
  }),
  it("the resource's owner must be in reach", "implicitly_denied", { identityPolicies: reads, resource: { arn: object, account: other } }),
];
