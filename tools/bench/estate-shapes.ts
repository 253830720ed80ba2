/** Estates in which everybody has a grant of their own, written as the exports that a source gives. Each is one way to make pairs of everything. */
export interface EstateShape {
  readonly what: string;
  /** Exports of an estate of `size` principals, by file name. */
  readonly files: (size: number) => Readonly<Record<string, unknown>>;
}

const account = "111122223333";
const github = "token.actions.githubusercontent.com";
const created = "2026-01-01T00:00:00Z";

type Statement = Readonly<Record<string, unknown>>;
const iam = (kind: string, name: string): string => `arn:aws:iam::${account}:${kind}/${name}`;
const allow = (action: string | readonly string[], resource: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});
const document = (...statements: readonly Statement[]): Statement => ({ Version: "2012-10-17", Statement: statements });
const inline = (statements: readonly Statement[]): readonly Statement[] =>
  statements.length === 0 ? [] : [{ PolicyName: "own", PolicyDocument: document(...statements) }];

const user = (name: string, ...statements: readonly Statement[]): Statement => ({
  UserName: name,
  UserId: `AIDA${name}`,
  Arn: iam("user", name),
  Path: "/",
  CreateDate: created,
  GroupList: [],
  UserPolicyList: inline(statements),
  AttachedManagedPolicies: [],
  Tags: [],
});
const role = (name: string, trust: Statement, ...statements: readonly Statement[]): Statement => ({
  RoleName: name,
  RoleId: `AROA${name}`,
  Arn: iam("role", name),
  Path: "/",
  CreateDate: created,
  AssumeRolePolicyDocument: document(trust),
  InstanceProfileList: [],
  RolePolicyList: inline(statements),
  AttachedManagedPolicies: [],
  Tags: [],
});
const policy = (name: string, ...statements: readonly Statement[]): Statement => ({
  PolicyName: name,
  PolicyId: `ANPA${name}`,
  Arn: iam("policy", name),
  Path: "/",
  DefaultVersionId: "v1",
  AttachmentCount: 1,
  IsAttachable: true,
  CreateDate: created,
  UpdateDate: created,
  PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, CreateDate: created, Document: document(...statements) }],
});
const trusting = (principal: Statement, condition: Statement = {}, action = "sts:AssumeRole"): Statement => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  Condition: condition,
});
const ownAccount = { AWS: `arn:aws:iam::${account}:root` };

const each = <T>(size: number, make: (at: number) => T): readonly T[] => Array.from({ length: size }, (_, at) => make(at));
const details = (lists: {
  users?: readonly unknown[];
  roles?: readonly unknown[];
  policies?: readonly unknown[];
}): Readonly<Record<string, unknown>> => ({
  "account-authorization-details.json": {
    UserDetailList: lists.users ?? [],
    RoleDetailList: lists.roles ?? [],
    GroupDetailList: [],
    Policies: lists.policies ?? [],
  },
});

const ec2 = trusting({ Service: "ec2.amazonaws.com" });
const key = (at: number): string => `arn:aws:kms:eu-west-1:${account}:key/00000000-0000-0000-0000-${String(at).padStart(12, "0")}`;
const bucket = (at: number): string => `arn:aws:s3:::bucket-${at}`;
const lambda = (at: number): string => `arn:aws:lambda:eu-west-1:${account}:function:f${at}`;
/** As `aws s3api get-bucket-policy` and `aws kms get-key-policy` print them. */
const resourcePolicies = (
  size: number,
  arn: (at: number) => string,
  statement: (at: number) => Statement,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    each(size, (at) => [`policies/${encodeURIComponent(arn(at))}.json`, { Policy: JSON.stringify(document(statement(at))) }]),
  );
const denied = (at: number, condition: Statement): Statement => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket(at), `${bucket(at)}/*`],
  Condition: condition,
});

export const estateShapes: readonly EstateShape[] = [
  {
    what: "everybody uses every key, which leaves that to the account",
    files: (size) => ({
      ...details({ roles: each(size, (at) => role(`r${at}`, ec2, allow("kms:*", "*"))) }),
      ...resourcePolicies(size, key, () => allow("kms:*", "*", { Principal: ownAccount })),
    }),
  },
  {
    what: "everybody may use keys, of which each names one role",
    files: (size) => ({
      ...details({ roles: each(size, (at) => role(`r${at}`, ec2, allow("kms:*", "*"))) }),
      ...resourcePolicies(size, key, (at) => allow("kms:*", "*", { Principal: { AWS: iam("role", `r${at}`) } })),
    }),
  },
  {
    what: "everybody uses every bucket, which asks for encryption",
    files: (size) => ({
      ...details({ roles: each(size, (at) => role(`r${at}`, ec2, allow("s3:*", "*"))) }),
      ...resourcePolicies(size, bucket, (at) => denied(at, { Bool: { "aws:SecureTransport": "false" } })),
    }),
  },
  {
    what: "everybody may use buckets, of which each names one role",
    files: (size) => ({
      ...details({ roles: each(size, (at) => role(`r${at}`, ec2, allow("s3:*", "*"))) }),
      ...resourcePolicies(size, bucket, (at) => allow("s3:GetObject", `${bucket(at)}/*`, { Principal: { AWS: iam("role", `r${at}`) } })),
    }),
  },
  {
    what: "everybody may change functions, which another account calls",
    files: (size) => ({
      ...details({ roles: each(size, (at) => role(`r${at}`, ec2, allow("lambda:*", "*"))) }),
      ...resourcePolicies(size, lambda, (at) =>
        allow("lambda:InvokeFunction", lambda(at), { Principal: { AWS: "arn:aws:iam::444455556666:root" } }),
      ),
    }),
  },
  {
    what: "everybody may use buckets, each denied to all but one",
    files: (size) => ({
      ...details({ roles: each(size, (at) => role(`r${at}`, ec2, allow("s3:*", "*"))) }),
      ...resourcePolicies(size, bucket, (at) => denied(at, { ArnNotEquals: { "aws:PrincipalArn": iam("role", `r${at}`) } })),
    }),
  },
  {
    what: "everybody may change all, within a boundary of their own",
    files: (size) =>
      details({
        users: each(size, (at) => ({
          ...user(`u${at}`, allow("iam:CreateAccessKey", "*")),
          PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: iam("policy", `b${at}`) },
        })),
        policies: each(size, (at) => policy(`b${at}`, allow("iam:*", iam("user", `u${at}`)))),
      }),
  },
  {
    what: "everybody may change all but for a deny of all others",
    files: (size) =>
      details({
        users: each(size, (at) =>
          user(`u${at}`, allow("iam:*", "*"), { Effect: "Deny", Action: "iam:*", NotResource: iam("user", `u${at}`) }),
        ),
      }),
  },
  {
    what: "everybody may assume roles that end like this",
    files: (size) =>
      details({ roles: each(size, (at) => role(`team-${at}-x`, trusting(ownAccount), allow("sts:AssumeRole", iam("role", `*-${at}-x`)))) }),
  },
  {
    what: "every role trusts one principal of the account by a condition",
    files: (size) =>
      details({
        roles: each(size, (at) =>
          role(
            `r${at}`,
            trusting(ownAccount, { ArnLike: { "aws:PrincipalArn": iam("role", `r${(at + 1) % size}`) } }),
            allow("sts:AssumeRole", "*"),
          ),
        ),
      }),
  },
  {
    what: "everybody reads a secret of their own in any region",
    files: (size) =>
      details({
        users: each(size, (at) =>
          user(`u${at}`, allow("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:*:${account}:secret:s${at}-*`)),
        ),
      }),
  },
  {
    what: "everybody passes roles of their own tag to functions",
    files: (size) =>
      details({
        roles: each(size, (at) => role(`fn${at}`, trusting({ Service: "lambda.amazonaws.com" }))),
        users: each(size, (at) =>
          user(
            `u${at}`,
            allow("lambda:*", "*"),
            allow("iam:PassRole", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": `t${at}` } } }),
          ),
        ),
      }),
  },
  {
    what: "every repository has a role of its own",
    files: (size) => ({
      ...details({
        roles: each(size, (at) =>
          role(
            `deploy${at}`,
            trusting(
              { Federated: iam("oidc-provider", github) },
              { StringLike: { [`${github}:sub`]: `repo:acme/app${at}:*` } },
              "sts:AssumeRoleWithWebIdentity",
            ),
          ),
        ),
      }),
      ...Object.fromEntries(each(size, (at) => [`acme/app${at}/.github/workflows/deploy.yml`, workflow])),
    }),
  },
  {
    what: "every namespace grants something to all of its service accounts",
    files: (size) => ({ "prod.json": { apiVersion: "v1", kind: "List", items: each(size, namespace).flat() } }),
  },
];

const workflow = "on: push\npermissions: {id-token: write}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps: [{run: ./deploy}]\n";

const rbac = "rbac.authorization.k8s.io";
function namespace(at: number): readonly unknown[] {
  const name = `team-${at}`;
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "app", namespace: name } },
    {
      apiVersion: `${rbac}/v1`,
      kind: "Role",
      metadata: { name: "app", namespace: name },
      rules: [{ apiGroups: [""], resources: ["secrets", "pods"], verbs: ["get", "create"] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata: { name: "app", namespace: name },
      roleRef: { apiGroup: rbac, kind: "Role", name: "app" },
      subjects: [{ kind: "Group", name: `system:serviceaccounts:${name}` }],
    },
  ];
}
