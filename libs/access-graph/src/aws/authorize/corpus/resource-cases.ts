import { account, allow, bucket, deny, grant, it, object, other, policy, role, root, session, trust, user } from "./corpus-case.ts";
import type { CorpusCase } from "./corpus-case.ts";

type Json = Readonly<Record<string, unknown>>;
const reads = policy(allow("s3:GetObject"));
const eve = `arn:aws:iam::${other}:user/eve`;
const key = { arn: `arn:aws:kms:eu-west-1:${account}:key/1`, account };
const decrypt: Json = { action: "kms:Decrypt", resource: key };
const target = { arn: role, account };
const assume: Json = { action: "sts:AssumeRole", resource: target };
const maySts = policy(allow("sts:AssumeRole"));
const opens = (principal: unknown, rest: Json = {}): Json => ({
  resourcePolicy: policy(grant(principal, "s3:GetObject", `${bucket}/*`, rest)),
});
const denies = (rest: Json): Json => ({
  identityPolicies: reads,
  resourcePolicy: policy({ Effect: "Deny", Action: "s3:*", Resource: "*", ...rest }),
});
const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
const web: Json = { action: "sts:AssumeRoleWithWebIdentity", resource: target };
const sub = "token.actions.githubusercontent.com:sub";
const webTrust = (pattern: string): Json =>
  trust({ Federated: provider }, { Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringLike: { [sub]: pattern } } });

/** Resource policies, key policies and trust policies, in one account and across two. */
export const resourceCases: readonly CorpusCase[] = [
  it("the resource names the user", "allowed", opens({ AWS: user })),
  it("the resource names another", "implicitly_denied", opens({ AWS: `${user}2` })),
  it("names of principals know case", "implicitly_denied", opens({ AWS: user.replace("alice", "Alice") })),
  it("one of several", "allowed", opens({ AWS: [eve, user] })),
  it("everyone in the account", "allowed", opens("*")),
  it("everyone, said the long way", "allowed", opens({ AWS: "*" })),
  it("everyone includes the anonymous", "allowed", { principal: "*", ...opens("*") }),
  it("the anonymous are no account's", "implicitly_denied", { principal: "*", ...opens({ AWS: account }) }),
  it("everyone with a condition that is met", "allowed", opens("*", { Condition: { ArnEquals: { "aws:PrincipalArn": user } } })),
  it("everyone with a condition that is not", "implicitly_denied", opens("*", { Condition: { ArnEquals: { "aws:PrincipalArn": role } } })),
  it("a role through everyone is not bound by its boundary", "allowed", {
    principal: session,
    boundary: policy(allow("ec2:*")),
    ...opens("*", { Condition: { ArnEquals: { "aws:PrincipalArn": role } } }),
  }),
  it("the resource must be meant", "implicitly_denied", { resourcePolicy: policy(grant({ AWS: user }, "s3:GetObject", bucket)) }),
  it("the action must be meant", "implicitly_denied", { resourcePolicy: policy(grant({ AWS: user }, "s3:PutObject", `${bucket}/*`)) }),
  it("the resource denies everyone", "explicitly_denied", denies({ Principal: "*" })),
  it("the resource denies the user", "explicitly_denied", denies({ Principal: { AWS: user } })),
  it("the resource denies another", "allowed", denies({ Principal: { AWS: eve } })),
  it("the resource denies the account", "explicitly_denied", denies({ Principal: { AWS: root } })),
  it("a deny of a role is one of its sessions", "explicitly_denied", { principal: session, ...denies({ Principal: { AWS: role } }) }),
  it("a deny of one session is not one of another", "allowed", {
    principal: session,
    ...denies({ Principal: { AWS: session.replace("run1", "run2") } }),
  }),
  it("all but the user and its account", "allowed", denies({ NotPrincipal: { AWS: [user, root] } })),
  it("all but another", "explicitly_denied", denies({ NotPrincipal: { AWS: [`arn:aws:iam::${account}:user/bob`, root] } })),
  it("all but the user, its account forgotten", "explicitly_denied", denies({ NotPrincipal: { AWS: user } })),
  it("all but the account's root user", "explicitly_denied", denies({ NotPrincipal: { AWS: root } })),
  it("all but the session, its role and account", "allowed", {
    principal: session,
    ...denies({ NotPrincipal: { AWS: [session, role, root] } }),
  }),
  it("all but a service", "allowed", {
    principal: "logs.amazonaws.com",
    resourcePolicy: policy(grant({ Service: "logs.amazonaws.com" }, "s3:GetObject", `${bucket}/*`), {
      Effect: "Deny",
      NotPrincipal: { Service: "logs.amazonaws.com" },
      Action: "s3:*",
      Resource: "*",
    }),
  }),
  it("a service that is named", "allowed", { principal: "sns.amazonaws.com", ...opens({ Service: "sns.amazonaws.com" }) }),
  it("a service that is not", "implicitly_denied", { principal: "sns.amazonaws.com", ...opens({ Service: "sqs.amazonaws.com" }) }),
  it("an account is no service", "implicitly_denied", { principal: "sns.amazonaws.com", ...opens({ AWS: account }) }),
  it("a service for the right source", "allowed", {
    principal: "sns.amazonaws.com",
    context: { "aws:SourceAccount": account },
    ...opens({ Service: "sns.amazonaws.com" }, { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
  }),
  it("a service for the wrong source", "implicitly_denied", {
    principal: "sns.amazonaws.com",
    context: { "aws:SourceAccount": other },
    ...opens({ Service: "sns.amazonaws.com" }, { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
  }),
  it("a service is a service", "allowed", {
    principal: "sns.amazonaws.com",
    ...opens("*", { Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } }),
  }),
  it("across accounts, identity alone", "implicitly_denied", { principal: eve, identityPolicies: reads }),
  it("across accounts, resource alone", "implicitly_denied", { principal: eve, ...opens({ AWS: eve }) }),
  it("across accounts, both", "allowed", { principal: eve, identityPolicies: reads, ...opens({ AWS: eve }) }),
  it("across accounts, through the account", "allowed", { principal: eve, identityPolicies: reads, ...opens({ AWS: other }) }),
  it("across accounts, through everyone", "allowed", { principal: eve, identityPolicies: reads, ...opens("*") }),
  it("across accounts, everyone alone", "implicitly_denied", { principal: eve, ...opens("*") }),
  it("across accounts, another account", "implicitly_denied", {
    principal: eve,
    identityPolicies: reads,
    ...opens({ AWS: "333333333333" }),
  }),
  it("across accounts the boundary binds", "implicitly_denied", {
    principal: eve,
    identityPolicies: reads,
    boundary: policy(allow("ec2:*")),
    ...opens({ AWS: eve }),
  }),
  it("across accounts the resource denies", "explicitly_denied", { principal: eve, ...denies({ Principal: "*" }) }),
  it("across accounts a session named needs its identity policy", "implicitly_denied", {
    principal: `arn:aws:sts::${other}:assumed-role/x/s`,
    ...opens({ AWS: `arn:aws:sts::${other}:assumed-role/x/s` }),
  }),
  it("the account id in the ARN is enough", "implicitly_denied", {
    action: "lambda:InvokeFunction",
    resource: { arn: `arn:aws:lambda:eu-west-1:${other}:function:f` },
    identityPolicies: policy(allow("lambda:*")),
  }),
  it("a user by its unique id", "allowed", {
    principal: { AWS: user, id: "AIDAEXAMPLE123456789" },
    ...opens({ AWS: "AIDAEXAMPLE123456789" }),
  }),
  it("the unique id of one who is gone", "implicitly_denied", opens({ AWS: "AIDAEXAMPLE123456789" })),
  it("a role with a path, named whole", "allowed", {
    principal: `arn:aws:iam::${account}:role/team/deploy`,
    ...opens({ AWS: `arn:aws:iam::${account}:role/team/deploy` }),
  }),
  it("a session of a role with a path", "allowed", { principal: session, ...opens({ AWS: `arn:aws:iam::${account}:role/team/deploy` }) }),
  it("everyone but a list, in a grant", "implicitly_denied", {
    resourcePolicy: policy({ ...allow("s3:GetObject"), NotPrincipal: { AWS: user } }),
  }),
  it("a canonical user", "allowed", { principal: { CanonicalUser: "79a5" }, ...opens({ CanonicalUser: "79a5" }) }),
  it("a key is closed to identity policies alone", "implicitly_denied", { ...decrypt, identityPolicies: policy(allow("kms:*")) }),
  it("a key left to the account, and an identity policy", "allowed", {
    ...decrypt,
    identityPolicies: policy(allow("kms:Decrypt")),
    resourcePolicy: policy(grant({ AWS: root }, "kms:*")),
  }),
  it("a key left to the account, without an identity policy", "implicitly_denied", {
    ...decrypt,
    resourcePolicy: policy(grant({ AWS: root }, "kms:*")),
  }),
  it("a key that names the user", "allowed", { ...decrypt, resourcePolicy: policy(grant({ AWS: user }, "kms:Decrypt")) }),
  it("a key that names another", "implicitly_denied", {
    ...decrypt,
    identityPolicies: policy(allow("kms:*")),
    resourcePolicy: policy(grant({ AWS: role }, "kms:Decrypt")),
  }),
  it("a key of another account, both sides", "allowed", {
    ...decrypt,
    principal: eve,
    identityPolicies: policy(allow("kms:Decrypt", key.arn)),
    resourcePolicy: policy(grant({ AWS: other }, "kms:Decrypt")),
  }),
  it("a key is closed to the root user too", "implicitly_denied", {
    ...decrypt,
    principal: root,
    resourcePolicy: policy(grant({ AWS: user }, "kms:*")),
  }),
  it("making a key asks no key", "allowed", {
    action: "kms:CreateKey",
    resource: { arn: "*", account },
    identityPolicies: policy(allow("kms:CreateKey")),
  }),
  it("an alias has no policy", "allowed", {
    action: "kms:CreateAlias",
    resource: { arn: `arn:aws:kms:eu-west-1:${account}:alias/a`, account },
    identityPolicies: policy(allow("kms:CreateAlias")),
  }),
  it("a role is closed to identity policies alone", "implicitly_denied", { ...assume, identityPolicies: maySts }),
  it("a role that names the user", "allowed", { ...assume, resourcePolicy: trust({ AWS: user }) }),
  it("a role left to the account, and an identity policy", "allowed", {
    ...assume,
    identityPolicies: maySts,
    resourcePolicy: trust({ AWS: root }),
  }),
  it("a role left to the account, without an identity policy", "implicitly_denied", { ...assume, resourcePolicy: trust({ AWS: account }) }),
  it("a role that names another", "implicitly_denied", { ...assume, identityPolicies: maySts, resourcePolicy: trust({ AWS: eve }) }),
  it("an identity policy may deny it", "explicitly_denied", {
    ...assume,
    identityPolicies: policy(deny("sts:*")),
    resourcePolicy: trust({ AWS: user }),
  }),
  it("a session brings tags only where the role lets it", "implicitly_denied", {
    ...assume,
    action: "sts:TagSession",
    identityPolicies: policy(allow("sts:*")),
    resourcePolicy: trust({ AWS: root }),
  }),
  it("a session brings tags where the role lets it", "allowed", {
    ...assume,
    action: "sts:TagSession",
    identityPolicies: policy(allow("sts:*")),
    resourcePolicy: trust({ AWS: root }, { Action: ["sts:AssumeRole", "sts:TagSession"] }),
  }),
  it("every AWS principal is no workflow", "implicitly_denied", {
    ...web,
    principal: { Federated: provider },
    context: { [sub]: "repo:org/app:x" },
    resourcePolicy: trust({ AWS: "*" }, { Action: "sts:AssumeRoleWithWebIdentity" }),
  }),
  it("a root user assumes no role", "implicitly_denied", { ...assume, principal: root, resourcePolicy: trust({ AWS: root }) }),
  it("a federated user named by the resource", "allowed", {
    principal: `arn:aws:sts::${account}:federated-user/alice`,
    resourcePolicy: policy(grant({ AWS: `arn:aws:sts::${account}:federated-user/alice` }, "s3:GetObject", `${bucket}/*`)),
  }),
  it("a federated user whose user is named by the resource", "implicitly_denied", {
    principal: `arn:aws:sts::${account}:federated-user/alice`,
    resourcePolicy: policy(grant({ AWS: user }, "s3:GetObject", `${bucket}/*`)),
  }),
  it("a role of another account, both sides", "allowed", {
    ...assume,
    principal: eve,
    identityPolicies: maySts,
    resourcePolicy: trust({ AWS: other }),
  }),
  it("a role of another account, trust alone", "implicitly_denied", { ...assume, principal: eve, resourcePolicy: trust({ AWS: eve }) }),
  it("the external id is right", "allowed", {
    ...assume,
    principal: eve,
    identityPolicies: maySts,
    context: { "sts:ExternalId": "x1" },
    resourcePolicy: trust({ AWS: other }, { Condition: { StringEquals: { "sts:ExternalId": "x1" } } }),
  }),
  it("the external id is missing", "implicitly_denied", {
    ...assume,
    principal: eve,
    identityPolicies: maySts,
    resourcePolicy: trust({ AWS: other }, { Condition: { StringEquals: { "sts:ExternalId": "x1" } } }),
  }),
  it("a service may run as the role", "allowed", {
    ...assume,
    principal: "lambda.amazonaws.com",
    resourcePolicy: trust({ Service: "lambda.amazonaws.com" }),
  }),
  it("another service may not", "implicitly_denied", {
    ...assume,
    principal: "ec2.amazonaws.com",
    resourcePolicy: trust({ Service: "lambda.amazonaws.com" }),
  }),
  it("a workflow whose subject matches", "allowed", {
    ...web,
    principal: { Federated: provider },
    context: { [sub]: "repo:org/app:ref:refs/heads/main" },
    resourcePolicy: webTrust("repo:org/app:*"),
  }),
  it("a workflow whose subject does not", "implicitly_denied", {
    ...web,
    principal: { Federated: provider },
    context: { [sub]: "repo:evil/app:ref:x" },
    resourcePolicy: webTrust("repo:org/app:*"),
  }),
  it("another identity provider", "implicitly_denied", {
    ...web,
    principal: { Federated: "accounts.google.com" },
    context: { [sub]: "repo:org/app:x" },
    resourcePolicy: webTrust("*"),
  }),
  it("a subject that is not known stays open", "conditional", {
    ...web,
    principal: { Federated: provider },
    context: undefined,
    resourcePolicy: webTrust("repo:org/app:*"),
  }),
  it("the wrong way to assume", "implicitly_denied", {
    ...assume,
    principal: { Federated: provider },
    context: { [sub]: "repo:org/app:x" },
    resourcePolicy: webTrust("*"),
  }),
  it("a queue's own policy may leave the resource out", "allowed", {
    action: "sqs:SendMessage",
    resource: { arn: `arn:aws:sqs:eu-west-1:${account}:q`, account },
    resourcePolicy: policy({ Effect: "Allow", Principal: { AWS: user }, Action: "sqs:SendMessage" }),
  }),
  it("a resource nobody says the owner of is taken for one's own", "allowed", { resource: object, identityPolicies: reads }),
];
