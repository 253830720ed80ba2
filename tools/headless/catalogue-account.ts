/** One technique of the pathfinding.cloud catalogue, as far as an account export needs it. */
export interface CataloguePath {
  readonly id: string;
  readonly category: string;
  readonly permissions: { readonly required: readonly { readonly permission: string }[] };
  readonly prerequisites?: readonly string[] | { readonly admin?: readonly string[] } | null;
}

/** How the vulnerable permissions are written down. */
export const styles = [
  "inline policy, one resource each",
  "inline policy, every resource",
  "managed policy through a group",
  "all actions of the service",
  "roles passed to the service only",
] as const;
export type Style = (typeof styles)[number];

const account = "111122223333";
const iam = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
const administrator = { PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const created = { Path: "/", CreateDate: "2026-01-15T00:00:00Z", Tags: [] };
/** Who may run as the target, where the catalogue does not name the service. */
const runners: Readonly<Record<string, string>> = {
  apprunner: "tasks.apprunner.amazonaws.com",
  ecs: "ecs-tasks.amazonaws.com",
  bedrock: "bedrock-agentcore.amazonaws.com",
  ec2instanceconnect: "ec2.amazonaws.com",
  ssm: "ec2.amazonaws.com",
};
const resources: Readonly<Record<string, string>> = {
  lambda: `arn:aws:lambda:us-east-1:${account}:function:target`,
  codebuild: `arn:aws:codebuild:us-east-1:${account}:project/target`,
  ssm: `arn:aws:ec2:us-east-1:${account}:instance/i-0123456789abcdef0`,
  "ec2-instance-connect": `arn:aws:ec2:us-east-1:${account}:instance/i-0123456789abcdef0`,
  apprunner: `arn:aws:apprunner:us-east-1:${account}:service/target/0123456789abcdef`,
  cloudformation: `arn:aws:cloudformation:us-east-1:${account}:stack/target/*`,
};

export interface CatalogueAccount {
  readonly start: string;
  readonly details: object;
}

/** An account with a starting principal that holds the permissions, and what the technique takes over. */
export function catalogueAccount(path: CataloguePath, permissions: readonly string[], style: Style): CatalogueAccount {
  const words = JSON.stringify(path.prerequisites ?? []);
  const as = /Principal must be a role/.test(words) ? "role" : "user";
  const start = iam(`${as}/start`);
  const granted = document(...statementsOf(path, permissions, { style, start }));
  const isGrouped = as === "user" && style === "managed policy through a group";
  const isManaged = style === "managed policy through a group";
  const own = {
    ...(isManaged || isGrouped
      ? {}
      : { [as === "user" ? "UserPolicyList" : "RolePolicyList"]: [{ PolicyName: "vulnerable", PolicyDocument: granted }] }),
    AttachedManagedPolicies: [
      { PolicyName: "own", PolicyArn: iam("policy/own") },
      ...(isManaged && !isGrouped ? [{ PolicyName: "vulnerable", PolicyArn: iam("policy/vulnerable") }] : []),
    ],
  };
  const [service = ""] = path.id.split("-");
  const trusted = /trusts? (?:the )?([a-z.-]+\.amazonaws\.com)/.exec(words)?.[1] ?? runners[service] ?? `${service}.amazonaws.com`;
  // Whoever changes a role first needs one that gives nothing yet; whoever takes one over needs an administrator.
  const isChanged = /^iam-0(1[4-9]|2[01])$/.test(path.id);
  const trust = ["iam", "sts"].includes(service) ? { AWS: iam("root") } : { Service: trusted };
  return {
    start,
    details: {
      UserDetailList: [
        ...(as === "user" ? [{ ...created, UserName: "start", UserId: "AIDASTART", Arn: start, GroupList: ["mine"], ...own }] : []),
        {
          ...created,
          UserName: "target",
          UserId: "AIDATARGET",
          Arn: iam("user/target"),
          GroupList: [],
          AttachedManagedPolicies: isChanged ? [] : [administrator],
        },
      ],
      GroupDetailList: [
        groupNamed("mine", isGrouped ? [{ PolicyName: "vulnerable", PolicyArn: iam("policy/vulnerable") }] : []),
        groupNamed("admins", [administrator]),
      ],
      RoleDetailList: [
        ...(as === "role" ? [roleNamed("start", { ...own, AssumeRolePolicyDocument: trusting({ Service: "ec2.amazonaws.com" }) })] : []),
        roleNamed("target", {
          AssumeRolePolicyDocument: trusting(
            path.id === "iam-012" || /^iam-0(19|20|21)$/.test(path.id) ? { Service: "ec2.amazonaws.com" } : trust,
          ),
          AttachedManagedPolicies: isChanged ? [{ PolicyName: "theirs", PolicyArn: iam("policy/theirs") }] : [administrator],
        }),
      ],
      Policies: ["own", "theirs", "vulnerable"].map((name) => policyNamed(name, name === "vulnerable" ? granted : harmless)),
    },
  };
}

const harmless = document({ Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" });
const trusting = (Principal: object): object => document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });

const groupNamed = (name: string, AttachedManagedPolicies: readonly object[]): object => ({
  ...created,
  GroupName: name,
  GroupId: `AGPA${name.toUpperCase()}`,
  Arn: iam(`group/${name}`),
  GroupPolicyList: [],
  AttachedManagedPolicies,
});

const roleNamed = (name: string, rest: object): object => ({
  ...created,
  RoleName: name,
  RoleId: `AROA${name.toUpperCase()}`,
  Arn: iam(`role/${name}`),
  InstanceProfileList: [],
  RolePolicyList: [],
  ...rest,
});

const policyNamed = (name: string, Document: object): object => ({
  ...created,
  PolicyName: name,
  PolicyId: `ANPA${name.toUpperCase()}`,
  Arn: iam(`policy/${name}`),
  DefaultVersionId: "v1",
  AttachmentCount: 1,
  IsAttachable: true,
  PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document }],
});

function statementsOf(path: CataloguePath, permissions: readonly string[], { style, start }: { style: Style; start: string }): object[] {
  if (style === "all actions of the service")
    return [...new Set(permissions.map((permission) => permission.split(":")[0]))].map((service) => ({
      Effect: "Allow",
      Action: [`${service}:*`],
      Resource: "*",
    }));
  return permissions.map((permission, index) => ({
    Sid: `Required${index}`,
    Effect: "Allow",
    Action: [permission],
    Resource: style === "inline policy, one resource each" ? resourceFor(path, permission, start) : "*",
    ...(permission === "iam:PassRole" && style === "roles passed to the service only"
      ? { Condition: { StringEquals: { "iam:PassedToService": passedTo(path) } } }
      : {}),
  }));
}

function resourceFor({ id, category }: CataloguePath, permission: string, start: string): string {
  const [service = "", action = ""] = permission.split(":");
  const isSelf = category === "self-escalation";
  if (permission === "iam:CreatePolicyVersion") return iam(isSelf ? "policy/own" : "policy/theirs");
  if (permission === "iam:AddUserToGroup") return iam("group/admins");
  if (action.includes("Group") && service === "iam") return iam("group/mine");
  if (service === "iam" || service === "sts") {
    const isOfUser = /User|AccessKey|LoginProfile/.test(action);
    return isSelf ? start : iam(isOfUser ? "user/target" : "role/target");
  }
  // New things have names that nobody knows yet.
  return /^(Create|Run|Register|Put)/.test(action) || id.startsWith("ec2-") ? "*" : (resources[service] ?? "*");
}

/** As the catalogue advises to pin it. */
const passedTo = ({ id }: CataloguePath): string => {
  const [service = ""] = id.split("-");
  return service === "apprunner" ? "apprunner.amazonaws.com" : (runners[service] ?? `${service}.amazonaws.com`);
};
