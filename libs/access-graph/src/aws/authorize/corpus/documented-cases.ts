import { account, allow, bucket, by, deny, grant, it, other, policy, role, root, session } from "./corpus-case.ts";
import type { CorpusCase } from "./corpus-case.ts";

type Json = Readonly<Record<string, unknown>>;
/** Pages of the IAM user guide, and of the S3 and EC2 API references, that state the rules below. */
const pages = {
  operators: "reference_policies_elements_condition_operators",
  sets: "reference_policies_condition-single-vs-multi-valued-context-keys",
  variables: "reference_policies_variables",
  logic: "reference_policies_evaluation-logic",
  boundaries: "access_policies_boundaries",
  principals: "reference_policies_elements_principal",
  bucketPolicy: "API_PutBucketPolicy",
  describe: "security_iam_service-with-iam (EC2, resource-level permissions)",
} as const;

const said = (page: keyof typeof pages, cases: readonly CorpusCase[]): readonly CorpusCase[] =>
  cases.map((each) => ({ ...each, why: `${each.why} (${pages[page]})` }));
const met = (why: string, condition: Json, context: Json): CorpusCase => by(why, "allowed", [allow("*", "*", condition)], { context });
const unmet = (why: string, condition: Json, context: Json): CorpusCase =>
  by(why, "implicitly_denied", [allow("*", "*", condition)], { context });
const denies = (why: string, condition: Json, context: Json): CorpusCase =>
  by(why, "explicitly_denied", [allow("*"), deny("*", "*", condition)], { context });
const spares = (why: string, condition: Json, context: Json): CorpusCase =>
  by(why, "allowed", [allow("*"), deny("*", "*", condition)], { context });

const now = { "aws:CurrentTime": "2026-01-01T00:00:00Z" };
const source = (arn: string): Json => ({ "aws:SourceArn": arn });
const topic = "arn:aws:sns:eu-west-1:111111111111:topic";
const keys = (...values: string[]): Json => ({ "aws:TagKeys": values });

const operators = said("operators", [
  met("a date as seconds since 1970", { DateLessThan: { "aws:CurrentTime": "1800000000" } }, now),
  met("a date without a time", { DateGreaterThan: { "aws:CurrentTime": "2020-04-01" } }, now),
  met("dates in two zones", { DateEquals: { "aws:CurrentTime": "2026-01-01T01:00:00+01:00" } }, now),
  met("a date with a fraction", { DateLessThanEquals: { "aws:CurrentTime": "2026-01-01T00:00:00.000Z" } }, now),
  met("the epoch as a number", { NumericGreaterThan: { "aws:EpochTime": 1500000000 } }, { "aws:EpochTime": 1767225600 }),
  met("the epoch as a date", { DateGreaterThan: { "aws:EpochTime": "2020-01-01T00:00:00Z" } }, { "aws:EpochTime": 1767225600 }),
  unmet("a date that is absent", { DateLessThan: { "aws:CurrentTime": "2030-01-01" } }, {}),
  met("a date that is absent is another one", { DateNotEquals: { "aws:CurrentTime": "2030-01-01" } }, {}),
  met(
    "a long address, in any case",
    { IpAddress: { "aws:SourceIp": "2001:DB8:1234:5678::/64" } },
    { "aws:SourceIp": "2001:db8:1234:5678:a::1" },
  ),
  unmet(
    "a long address outside",
    { IpAddress: { "aws:SourceIp": "2001:DB8:1234:5678::/64" } },
    { "aws:SourceIp": "2001:db8:1234:5679::1" },
  ),
  unmet("a short address in a range of long ones", { IpAddress: { "aws:SourceIp": "::/0" } }, { "aws:SourceIp": "10.0.0.1" }),
  met(
    "a long address outside a range of short ones",
    { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    { "aws:SourceIp": "2001:db8::1" },
  ),
  met("one address", { IpAddress: { "aws:SourceIp": "203.0.113.7" } }, { "aws:SourceIp": "203.0.113.7" }),
  met("a range written with a host", { IpAddress: { "aws:SourceIp": "203.0.113.77/24" } }, { "aws:SourceIp": "203.0.113.7" }),
  met("an address that is absent is outside", { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, {}),
  unmet(
    "outside all of several ranges",
    { NotIpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } },
    { "aws:SourceIp": "192.0.2.9" },
  ),
  met("every short address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, { "aws:SourceIp": "8.8.8.8" }),
  unmet("an ARN of too few parts", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:data" } }, source("arn:aws:s3:::data")),
  met("an ARN part by part", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:top*" } }, source(topic)),
  met("ArnEquals knows wildcards", { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:111111111111:topi?" } }, source(topic)),
  unmet("a star stays within its part", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:topic" } }, source(topic)),
  met(
    "colons of the last part",
    { ArnLike: { "aws:SourceArn": "arn:aws:lambda:*:*:function:f*" } },
    source("arn:aws:lambda:eu-west-1:111111111111:function:f:3"),
  ),
  unmet("ARNs know case", { ArnLike: { "aws:SourceArn": "arn:aws:SNS:*:*:topic" } }, source(topic)),
  met("an ARN that is absent is another one", { ArnNotLike: { "aws:SourceArn": "arn:aws:sns:*:*:topic" } }, {}),
  met("the caller's ARN is in every request", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } }, {}),
  unmet("and so it is never null", { Null: { "aws:PrincipalArn": "true" } }, {}),
  met("numbers and text of numbers", { NumericEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": 10 }),
  met("numbers with a point", { NumericLessThan: { "s3:max-keys": "10.5" } }, { "s3:max-keys": "10.25" }),
  unmet("a value that is no number", { NumericLessThan: { "s3:max-keys": "10" } }, { "s3:max-keys": "ten" }),
  met("one of several numbers", { NumericLessThanEquals: { "s3:max-keys": ["3", "10"] } }, { "s3:max-keys": "10" }),
  met("a number below none", { NumericGreaterThan: { "s3:max-keys": "-1" } }, { "s3:max-keys": "0" }),
  met("a number that is absent is another one", { NumericNotEquals: { "s3:max-keys": "10" } }, {}),
  unmet("a boolean that is absent", { Bool: { "aws:SecureTransport": "true" } }, {}),
  spares("a boolean that is the other one", { Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "true" }),
  unmet("a value that is no boolean", { Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "nope" }),
  met("bytes", { BinaryEquals: { "x:key": "QmluYXJ5" } }, { "x:key": "QmluYXJ5" }),
  unmet("other bytes", { BinaryEquals: { "x:key": "QmluYXJ5" } }, { "x:key": "QQ==" }),
  unmet("if it exists, and is the same", { StringNotEqualsIfExists: { "aws:Referer": "a" } }, { "aws:Referer": "a" }),
  met("like, if it exists", { StringLikeIfExists: { "aws:Referer": "a" } }, {}),
]);

const sets = said("sets", [
  met("all of none", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, {}),
  met("all of an empty list", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, keys()),
  unmet(
    "all of none, unless null is ruled out",
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] }, Null: { "aws:TagKeys": "false" } },
    {},
  ),
  unmet("all but one", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } }, keys("a", "c")),
  met("all like a pattern", { "ForAllValues:StringLike": { "aws:TagKeys": ["team*"] } }, keys("team-a", "team")),
  unmet("any of none", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } }, {}),
  unmet("any that differs, of none", { "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a"] } }, {}),
  met("any that differs", { "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a"] } }, keys("a", "b")),
  unmet("all that differ", { "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a"] } }, keys("a", "b")),
  met("all that are unlike", { "ForAllValues:StringNotLike": { "aws:TagKeys": ["x*"] } }, keys("a", "b")),
  denies("a deny of all meets none", { "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a"] } }, {}),
  denies("a deny of all meets an empty text", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, { "aws:TagKeys": "" }),
  denies("a deny of any", { "ForAnyValue:StringLike": { "aws:TagKeys": ["secret*"] } }, keys("a", "secret-1")),
  met(
    "a path of the organisation",
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a/r-b/ou-c/*" } },
    { "aws:PrincipalOrgPaths": ["o-a/r-b/ou-c/ou-d/"] },
  ),
]);

const named = (resource: string, arn: string, parts: Json = {}, version = "2012-10-17"): Json => ({
  resource: { arn, account },
  identityPolicies: [{ Version: version, Statement: [allow("s3:GetObject", resource)] }],
  ...parts,
});
const team = "arn:aws:s3:::data/${aws:PrincipalTag/team, 'none'}/*";
const variables = said("variables", [
  it("a default", "allowed", named(team, `${bucket}/none/x`)),
  it(
    "a default that is not needed",
    "implicitly_denied",
    named(team, `${bucket}/none/x`, { context: { "aws:PrincipalTag/team": "blue" } }),
  ),
  it("a value in place of the default", "allowed", named(team, `${bucket}/blue/x`, { context: { "aws:PrincipalTag/team": "blue" } })),
  it("a star that is a star", "allowed", named("arn:aws:s3:::data/${*}", `${bucket}/*`)),
  it("a star that is only a star", "implicitly_denied", named("arn:aws:s3:::data/${*}", `${bucket}/x`)),
  it("a question mark that is only one", "implicitly_denied", named("arn:aws:s3:::data/a${?}", `${bucket}/ab`)),
  it("a dollar", "allowed", named("arn:aws:s3:::data/${$}x", `${bucket}/$x`)),
  it("no variables before 2012", "implicitly_denied", named("arn:aws:s3:::data/${aws:username}/*", `${bucket}/alice/x`, {}, "2008-10-17")),
  it("but text", "allowed", named("arn:aws:s3:::data/${aws:username}/*", `${bucket}/\${aws:username}/x`, {}, "2008-10-17")),
  it(
    "sessions have no user name",
    "implicitly_denied",
    named("arn:aws:s3:::data/${aws:username}/*", `${bucket}/alice/x`, { principal: session }),
  ),
  it(
    "a star in a value is no wildcard",
    "implicitly_denied",
    named("arn:aws:s3:::data/${aws:PrincipalTag/team}/*", `${bucket}/any/x`, { context: { "aws:PrincipalTag/team": "*" } }),
  ),
  it("values keep their case", "implicitly_denied", named("arn:aws:s3:::data/${aws:username}/*", `${bucket}/Alice/x`)),
]);

const closed = policy({ ...grant("*", "s3:*", [bucket, `${bucket}/*`]), Effect: "Deny" });
const onBucket = (action: string, parts: Json = {}): Json => ({
  principal: root,
  action,
  resource: { arn: bucket, account },
  resourcePolicy: closed,
  ...parts,
});
const wayBack = said("bucketPolicy", [
  it("the owner's root user may replace a policy that locks it out", "allowed", onBucket("s3:PutBucketPolicy")),
  it("and delete it", "allowed", onBucket("s3:DeleteBucketPolicy")),
  it("but nothing else", "explicitly_denied", onBucket("s3:ListBucket")),
  it(
    "unless the organisation forbids it",
    "explicitly_denied",
    onBucket("s3:PutBucketPolicy", { scps: [[policy(allow("*"), deny("s3:PutBucketPolicy"))]] }),
  ),
  it("nobody else may", "explicitly_denied", onBucket("s3:PutBucketPolicy", { principal: role, identityPolicies: [policy(allow("*"))] })),
  it("nor another account's root user", "explicitly_denied", onBucket("s3:PutBucketPolicy", { principal: `arn:aws:iam::${other}:root` })),
]);

const instance = `arn:aws:ec2:eu-west-1:${account}:instance/i-1`;
const describing = (statements: readonly Json[], arn = instance): Json => ({
  action: "ec2:DescribeInstances",
  resource: { arn, account },
  identityPolicies: [policy(...statements)],
});
const aboutNothing = said("describe", [
  it("an action without resources is not allowed for one", "implicitly_denied", describing([allow("ec2:Describe*", instance)])),
  it("but for all", "allowed", describing([allow("ec2:Describe*")])),
  it("nor is it denied for one", "allowed", describing([allow("ec2:Describe*"), deny("ec2:*", instance)])),
  it(
    "and denied for all but some",
    "explicitly_denied",
    describing([allow("*"), { Effect: "Deny", Action: "ec2:*", NotResource: instance }]),
  ),
]);

const opens = (principal: unknown, rest: Json = {}): Json => ({
  resourcePolicy: policy(grant(principal, "s3:GetObject", `${bucket}/*`, rest)),
});
const narrow = policy(allow("ec2:*"));
const boundaries = said("boundaries", [
  it("a session named is not bound by silence", "allowed", {
    principal: session,
    boundary: narrow,
    sessionPolicies: [narrow],
    ...opens({ AWS: session }),
  }),
  it("its role named is bound", "implicitly_denied", { principal: session, boundary: narrow, ...opens({ AWS: role }) }),
  it("nothing is bound where everyone is named for its role", "allowed", {
    principal: session,
    boundary: narrow,
    ...opens("*", { Condition: { ArnEquals: { "aws:PrincipalArn": role } } }),
  }),
  it("a deny binds everyone", "explicitly_denied", { principal: session, boundary: policy(deny("s3:*")), ...opens({ AWS: session }) }),
]);

const outsider = `arn:aws:sts::${other}:assumed-role/x/s`;
const principals = said("principals", [
  it("an account as its number", "allowed", { identityPolicies: [policy(allow("s3:*"))], ...opens({ AWS: account }) }),
  it("an account gives nothing to who may nothing", "implicitly_denied", opens({ AWS: account })),
  it("across accounts, a session named and permitted", "allowed", {
    principal: outsider,
    identityPolicies: [policy(allow("s3:*"))],
    ...opens({ AWS: outsider }),
  }),
  it("across accounts, within its boundary", "implicitly_denied", {
    principal: outsider,
    identityPolicies: [policy(allow("s3:*"))],
    boundary: narrow,
    ...opens({ AWS: outsider }),
  }),
]);

const logic = said("logic", [
  it("every level of an organisation", "implicitly_denied", {
    identityPolicies: [policy(allow("*"))],
    scps: [[policy(allow("*"))], [policy(allow("ec2:*"))], [policy(allow("*"))]],
  }),
  it("NotAction of an organisation", "explicitly_denied", {
    identityPolicies: [policy(allow("*"))],
    scps: [[policy(allow("*"), { Effect: "Deny", NotAction: ["iam:*", "sts:*"], Resource: "*" })]],
  }),
  it("a deny of everything else", "allowed", {
    identityPolicies: [policy(allow("s3:*"), { Effect: "Deny", NotAction: "s3:Get*", NotResource: `${bucket}/*` })],
  }),
  it("a deny outside of what is named", "explicitly_denied", {
    identityPolicies: [policy(allow("s3:*"), { Effect: "Deny", Action: "S3:GETOBJECT", NotResource: "arn:aws:s3:::other/*" })],
  }),
]);

/** Rules that are easily got wrong, each with the page that states it. */
export const documentedCases: readonly CorpusCase[] = [
  ...operators,
  ...sets,
  ...variables,
  ...wayBack,
  ...aboutNothing,
  ...boundaries,
  ...principals,
  ...logic,
];
