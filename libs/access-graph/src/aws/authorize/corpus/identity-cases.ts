import { account, allow, by, deny, it, object, other, policy, role, root, session, user } from "./corpus-case.ts";
import type { CorpusCase } from "./corpus-case.ts";

const home = { arn: "arn:aws:s3:::home/alice/x", account };
const variable = (resource: string, parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  identityPolicies: [policy(allow("s3:GetObject", resource))],
  resource: home,
  ...parts,
});

/** Statements of identity policies: actions, resources, variables. */
export const identityCases: readonly CorpusCase[] = [
  it("nothing allows", "implicitly_denied", {}),
  by("an allow", "allowed", [allow("s3:GetObject")]),
  by("an allow of something else", "implicitly_denied", [allow("s3:PutObject")]),
  by("a deny beats an allow", "explicitly_denied", [allow("s3:*"), deny("s3:GetObject")]),
  by("order does not matter", "explicitly_denied", [deny("s3:GetObject"), allow("s3:*")]),
  by("a deny alone is explicit too", "explicitly_denied", [deny("*")]),
  by("actions compare without case", "allowed", [allow("S3:getobject")]),
  by("the request's case does not matter either", "allowed", [allow("s3:GetObject")], { action: "S3:GETOBJECT" }),
  by("a star in an action", "allowed", [allow("s3:Get*")]),
  by("a question mark is one character", "allowed", [allow("s3:GetObjec?")]),
  by("a question mark is not none", "implicitly_denied", [allow("s3:GetObject?")]),
  by("a star may be empty", "allowed", [allow("s3:GetObject*")]),
  by("a star inside", "allowed", [allow("s3:G*t")]),
  by("another service", "implicitly_denied", [allow("s3express:*")]),
  by("all services", "allowed", [allow("*:*")]),
  by("NotAction allows the rest", "allowed", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]),
  by("NotAction leaves the listed out", "implicitly_denied", [{ Effect: "Allow", NotAction: ["iam:*", "s3:*"], Resource: "*" }]),
  by("NotAction in a deny", "explicitly_denied", [allow("*"), { Effect: "Deny", NotAction: "ec2:*", Resource: "*" }]),
  by("a deny of all but this", "allowed", [allow("*"), { Effect: "Deny", NotAction: "s3:Get*", Resource: "*" }]),
  by("an exact resource", "allowed", [allow("s3:GetObject", object)]),
  by("resources compare with case", "implicitly_denied", [allow("s3:GetObject", object.replace("/a/", "/A/"))]),
  by("one of several resources", "allowed", [allow("s3:GetObject", ["arn:aws:s3:::other/*", "arn:aws:s3:::data/*"])]),
  by("the bucket is not its objects", "implicitly_denied", [allow("s3:GetObject", "arn:aws:s3:::data")]),
  by("a star crosses slashes", "allowed", [allow("s3:GetObject", "arn:aws:s3:::data/*.txt")]),
  by("a question mark in a resource", "allowed", [allow("s3:GetObject", "arn:aws:s3:::dat?/a/b.txt")]),
  by("another partition", "implicitly_denied", [allow("s3:GetObject", "arn:aws-cn:s3:::data/*")]),
  by("NotResource allows the rest", "allowed", [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::secret/*" }]),
  by("NotResource leaves the listed out", "implicitly_denied", [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::data/*" }]),
  by("a deny outside a resource", "explicitly_denied", [
    allow("s3:*"),
    { Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::x/*" },
  ]),
  by("only * covers a request without a resource", "implicitly_denied", [allow("ec2:DescribeInstances", "arn:aws:ec2:*:*:instance/*")], {
    action: "ec2:DescribeInstances",
    resource: { arn: "*", account },
  }),
  by("* covers a request without a resource", "allowed", [allow("ec2:DescribeInstances")], {
    action: "ec2:DescribeInstances",
    resource: { arn: "*", account },
  }),
  it("a single statement needs no list", "allowed", { identityPolicies: { Version: "2012-10-17", Statement: allow("s3:GetObject") } }),
  it("a document may be JSON text", "allowed", { identityPolicies: [JSON.stringify(policy(allow("s3:GetObject")))] }),
  it("a group's policy allows", "allowed", { groupPolicies: [policy(allow("s3:GetObject"))] }),
  it("a group's deny counts", "explicitly_denied", { identityPolicies: policy(allow("*")), groupPolicies: policy(deny("s3:*")) }),
  it("null lists are empty", "implicitly_denied", { identityPolicies: null, groupPolicies: null, boundary: null, scps: null, rcps: null }),
  it("a variable is the user's name", "allowed", variable("arn:aws:s3:::home/${aws:username}/*")),
  it("variable names compare without case", "allowed", variable("arn:aws:s3:::home/${AWS:UserName}/*")),
  it(
    "another user's home",
    "implicitly_denied",
    variable("arn:aws:s3:::home/${aws:username}/*", { principal: `arn:aws:iam::${account}:user/bob` }),
  ),
  it(
    "a path is no part of the name",
    "allowed",
    variable("arn:aws:s3:::home/${aws:username}/*", { principal: `arn:aws:iam::${account}:user/team/alice` }),
  ),
  it("a role has no user name", "implicitly_denied", variable("arn:aws:s3:::home/${aws:username}/*", { principal: role })),
  it("a default stands in for what is absent", "allowed", variable("arn:aws:s3:::home/${aws:username, 'alice'}/*", { principal: role })),
  it("a default yields to the value", "allowed", variable("arn:aws:s3:::home/${aws:username, 'x'}/*")),
  it(
    "a tag as a variable",
    "allowed",
    variable("arn:aws:s3:::home/${aws:PrincipalTag/team}/*", { context: { "aws:PrincipalTag/team": "alice" } }),
  ),
  it("an absent tag matches nothing", "implicitly_denied", variable("arn:aws:s3:::home/${aws:PrincipalTag/team}/*")),
  it(
    "an absent tag matches nothing, not even empty text",
    "implicitly_denied",
    variable("arn:aws:s3:::home/${aws:PrincipalTag/team}alice/*"),
  ),
  it(
    "a value of several cannot be a variable",
    "implicitly_denied",
    variable("arn:aws:s3:::home/${aws:TagKeys}/*", { context: { "aws:TagKeys": ["alice", "b"] } }),
  ),
  it(
    "a star in a value is a plain star",
    "implicitly_denied",
    variable("arn:aws:s3:::home/${s3:prefix}/*", { context: { "s3:prefix": "*" } }),
  ),
  it("without a version variables are text", "implicitly_denied", {
    resource: home,
    identityPolicies: [{ Statement: [allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*")] }],
  }),
  it("in 2008 variables are text", "implicitly_denied", {
    resource: home,
    identityPolicies: [{ Version: "2008-10-17", Statement: [allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*")] }],
  }),
  it("in 2008 the text itself matches", "allowed", {
    resource: { arn: "arn:aws:s3:::home/${aws:username}/x", account },
    identityPolicies: [{ Version: "2008-10-17", Statement: [allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*")] }],
  }),
  it("${*} is a plain star", "implicitly_denied", variable("arn:aws:s3:::home/${*}/x")),
  it("${*} matches a star", "allowed", variable("arn:aws:s3:::home/${*}/x", { resource: { arn: "arn:aws:s3:::home/*/x", account } })),
  it("${?} matches a question mark", "allowed", variable("arn:aws:s3:::home/${?}", { resource: { arn: "arn:aws:s3:::home/?", account } })),
  it("${$} is a dollar sign", "allowed", variable("arn:aws:s3:::home/${$}x", { resource: { arn: "arn:aws:s3:::home/$x", account } })),
  it("a deny of all but one's own", "explicitly_denied", {
    identityPolicies: [policy(allow("s3:*"), { Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::home/${aws:username}/*" })],
  }),
  it("a deny of all but an unresolved variable still denies", "explicitly_denied", {
    principal: role,
    resource: home,
    identityPolicies: [policy(allow("s3:*"), { Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::home/${aws:username}/*" })],
  }),
  it("an allow of all but an unresolved variable does not allow", "implicitly_denied", {
    principal: role,
    identityPolicies: [policy({ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::home/${aws:username}/*" })],
  }),
  it("a session has its role's policies", "allowed", { principal: session, identityPolicies: policy(allow("s3:GetObject")) }),
  it("the root user needs no policy", "allowed", { principal: root }),
  it("an account id is its root user", "allowed", { principal: account }),
  it("the root user is a stranger elsewhere", "implicitly_denied", { principal: root, resource: { arn: object, account: other } }),
  it("a federated user has the policies it is given", "allowed", {
    principal: `arn:aws:sts::${account}:federated-user/alice`,
    identityPolicies: policy(allow("s3:*")),
    sessionPolicies: [policy(allow("s3:GetObject"))],
  }),
  it("a federated user without a session policy has nothing", "implicitly_denied", {
    principal: `arn:aws:sts::${account}:federated-user/alice`,
    identityPolicies: policy(allow("s3:*")),
  }),
  by("an ARN that stops early stands for all that may follow", "allowed", [allow("s3:GetObject", "arn:aws:s3")]),
  by("the same, of another service", "implicitly_denied", [allow("*", "arn:aws:sqs")]),
  by("the same with a wildcard", "allowed", [allow("s3:GetObject", "arn:aws:s3:*")]),
  it("a variable for the account grants nothing", "implicitly_denied", {
    action: "sqs:SendMessage",
    resource: { arn: `arn:aws:sqs:eu-west-1:${account}:q`, account },
    identityPolicies: policy(allow("sqs:*", "arn:aws:sqs:*:${aws:PrincipalAccount}:q")),
  }),
  it("a variable for the account stays open without a context", "conditional", {
    context: undefined,
    action: "sqs:SendMessage",
    resource: { arn: `arn:aws:sqs:eu-west-1:${account}:q`, account },
    identityPolicies: policy(allow("sqs:*", "arn:aws:sqs:*:${aws:PrincipalAccount}:q")),
  }),
  it("a variable for the account denies", "explicitly_denied", {
    action: "sqs:SendMessage",
    resource: { arn: `arn:aws:sqs:eu-west-1:${account}:q`, account },
    identityPolicies: policy(allow("sqs:*"), deny("sqs:*", "arn:aws:sqs:*:${aws:PrincipalAccount}:q")),
  }),
  it("a managed policy of AWS may be read by identity policies alone", "allowed", {
    action: "iam:GetPolicy",
    resource: { arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    identityPolicies: policy(allow("iam:Get*")),
  }),
  it("without a context a condition stays open", "conditional", {
    context: undefined,
    identityPolicies: policy(allow("s3:*", "*", { Bool: { "aws:SecureTransport": "true" } })),
  }),
  it("without a context a conditional deny stays open", "conditional", {
    context: undefined,
    identityPolicies: policy(allow("s3:*"), deny("s3:*", "*", { Bool: { "aws:SecureTransport": "false" } })),
  }),
  it("what follows from the principal is known without a context", "allowed", {
    context: undefined,
    identityPolicies: policy(allow("s3:*", "*", { StringEquals: { "aws:PrincipalAccount": account, "aws:username": "alice" } })),
  }),
  it("an unknown tag in a resource stays open", "conditional", {
    context: undefined,
    ...variable("arn:aws:s3:::home/${aws:PrincipalTag/team}/*", { context: undefined }),
  }),
  it("an unknown tag cannot bridge a mismatch", "implicitly_denied", {
    ...variable("arn:aws:s3:::homes/${aws:PrincipalTag/team}/*", { context: undefined }),
  }),
  it("a certain allow is not weakened by a doubtful one", "allowed", {
    context: undefined,
    identityPolicies: [policy(allow("s3:Get*")), policy(allow("s3:*", "*", { Bool: { "aws:SecureTransport": "true" } }))],
  }),
  it("all but a place named by a tag stays open, for the tag may be absent", "conditional", {
    context: undefined,
    identityPolicies: [policy({ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::x/${aws:PrincipalTag/team}" })],
  }),
  it("a certain deny needs no context", "explicitly_denied", {
    context: undefined,
    identityPolicies: policy(allow("s3:*", "*", { Bool: { "aws:SecureTransport": "true" } }), deny("s3:Get*")),
  }),
  it("the same principal, the name in full", "allowed", {
    principal: { AWS: user },
    identityPolicies: policy(allow("s3:*", "*", { ArnEquals: { "aws:PrincipalArn": user } })),
  }),
];
