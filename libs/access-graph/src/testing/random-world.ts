import fc from "fast-check";
import type { Credential, Grant, Identity, Resource } from "@rollcall/nhi-model";
import type { GraphInput } from "../types.ts";
import { aCredential, aGrant, anIdentity, anInput, aResource } from "./inventory-builders.ts";
import { aBinding, aK8sResource, aRole, aSecret, aServiceAccount, k8sRef } from "./kubernetes-cluster.ts";

const accounts = ["111122223333", "444455556666"] as const;
const arnOf = (type: string, number: number): string => `arn:aws:iam::${accounts[number % 5 === 4 ? 1 : 0]}:${type}/${type[0]}${number}`;
const counts = { user: 3, role: 3, group: 2, policy: 4 } as const;
const of = (type: keyof typeof counts): fc.Arbitrary<string> =>
  fc.nat(counts[type] - 1).map((number) => arnOf(type, number === 2 && type === "role" ? 4 : number));
const users = [0, 1, 2].map((number) => arnOf("user", number));
const roles = [0, 1, 4].map((number) => arnOf("role", number));
const buckets = ["arn:aws:s3:::data", "arn:aws:s3:::data-eu", "arn:aws:s3:::named", "arn:aws:s3:::named-*"];
const secrets = ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:named"];

const actions = [
  ["*"],
  ["iam:*"],
  ["iam:CreateAccessKey"],
  ["iam:UpdateLoginProfile"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  ["lambda:CreateFunction", "lambda:InvokeFunction"],
  ["iam:PassRole"],
  ["sts:AssumeRole"],
  ["s3:*"],
  ["s3:GetObject"],
  ["s3:PutObject"],
  ["s3:GetObject", "s3:PutObject"],
  ["secretsmanager:GetSecretValue"],
  ["secretsmanager:*"],
  ["iam:AddUserToGroup"],
  ["iam:PutUserPolicy", "iam:PutRolePolicy"],
  ["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"],
  ["iam:CreatePolicyVersion"],
  ["iam:SetDefaultPolicyVersion"],
  ["iam:DeleteUserPermissionsBoundary", "iam:DeleteRolePermissionsBoundary"],
  ["lambda:UpdateFunctionCode"],
] as const;
const targets = [
  "*",
  "*",
  "*",
  ...users,
  ...roles,
  "arn:aws:iam::111122223333:role/*",
  ...buckets.flatMap((bucket) => [bucket, `${bucket}/*`]),
  ...secrets,
  "arn:aws:iam::*:policy/*",
  "arn:aws:iam::111122223333:group/*",
];
const condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

const statement = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Allow", "Deny"),
    action: fc.constantFrom(...actions),
    resource: fc.array(fc.constantFrom(...targets), { minLength: 1, maxLength: 2 }),
    isConditional: fc.constantFrom(false, false, false, true),
  })
  .map(({ effect, action, resource, isConditional }) => ({
    Effect: effect,
    Action: action,
    Resource: resource,
    ...(isConditional ? { Condition: condition } : {}),
  }));

const principal = fc.oneof(
  fc.constantFrom(...users, ...roles).map((AWS) => ({ AWS })),
  fc.constantFrom(...accounts).map((account) => ({ AWS: `arn:aws:iam::${account}:root` })),
  fc.constant({ AWS: "*" }),
  fc.constant({ Service: "lambda.amazonaws.com" }),
  fc.constant({ Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.example" }),
);
const trustStatement = fc.tuple(principal, fc.boolean()).map(([Principal, isConditional]) => ({
  Effect: "Allow",
  Principal,
  Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"],
  ...(isConditional && "AWS" in Principal ? { Condition: condition } : {}),
}));

const edgeKinds = ["CAN_ASSUME", "ACCESSES", "STORES", "CAN_READ_SECRET", "USES_SECRET", "RUNS_AS"] as const;

/** Small estates of every kind of ground: policies, boundaries, groups, trust, credentials, bindings and stated grants. */
export const randomWorld: fc.Arbitrary<GraphInput> = fc
  .record({
    documents: fc.array(fc.array(statement, { minLength: 1, maxLength: 3 }), { minLength: counts.policy, maxLength: counts.policy }),
    versions: fc.array(fc.option(fc.array(statement, { minLength: 1, maxLength: 2 })), {
      minLength: counts.policy,
      maxLength: counts.policy,
    }),
    attached: fc.uniqueArray(fc.tuple(fc.oneof(of("user"), of("role"), of("group")), of("policy")), { maxLength: 8, selector: String }),
    inline: fc.uniqueArray(fc.tuple(fc.oneof(of("user"), of("role"), of("group")), statement), {
      maxLength: 3,
      selector: ([holder]) => holder,
    }),
    boundaries: fc.uniqueArray(fc.tuple(fc.oneof(of("user"), of("role")), of("policy")), { maxLength: 2, selector: ([holder]) => holder }),
    members: fc.uniqueArray(fc.tuple(of("user"), of("group")), { maxLength: 4, selector: String }),
    trusts: fc.array(fc.array(trustStatement, { minLength: 1, maxLength: 3 }), { minLength: roles.length, maxLength: roles.length }),
    keys: fc.array(fc.tuple(of("user"), fc.constantFrom("active", "inactive", undefined)), { maxLength: 3 }),
    passwords: fc.array(fc.constantFrom(true, false, null), { minLength: users.length, maxLength: users.length }),
    bindings: fc.uniqueArray(fc.tuple(fc.nat(1), fc.nat(2), fc.constantFrom(null, "shop")), { maxLength: 4, selector: String }),
    stated: fc.uniqueArray(fc.tuple(fc.constantFrom(...edgeKinds), fc.nat(3), fc.nat(3), fc.boolean()), {
      maxLength: 6,
      selector: ([kind, from, to]) => `${kind} ${from} ${to}`,
    }),
    functionRole: fc.constantFrom(null, ...roles),
  })
  .map((parts) => anInput(mergeParts(awsParts(parts), otherParts(parts))));

interface Drawn {
  readonly documents: readonly (readonly unknown[])[];
  /** By policy: the statements of a version that is not in force. */
  readonly versions: readonly (readonly unknown[] | null)[];
  readonly attached: readonly (readonly [string, string])[];
  readonly inline: readonly (readonly [string, unknown])[];
  readonly boundaries: readonly (readonly [string, string])[];
  readonly members: readonly (readonly [string, string])[];
  readonly trusts: readonly (readonly unknown[])[];
  readonly keys: readonly (readonly [string, string | undefined])[];
  readonly passwords: readonly (boolean | null)[];
  readonly bindings: readonly (readonly [number, number, string | null])[];
  readonly stated: readonly (readonly [string, number, number, boolean])[];
  readonly functionRole: string | null;
}

interface Parts {
  readonly identities: readonly Identity[];
  readonly credentials: readonly Credential[];
  readonly resources: readonly Resource[];
  readonly grants: readonly Grant[];
}

const account = (arn: string): string => arn.split(":")[4]!;
const awsGrant = (grantKind: string, from: string, to: string, attributes: Readonly<Record<string, unknown>> = {}): Grant =>
  aGrant(grantKind, from, to, { dialect: "aws_iam", attributes });
const documentOf = (Statement: readonly unknown[]) => ({ Version: "2012-10-17", Statement });
const policy = (ref: string, Statement: readonly unknown[], other: readonly unknown[] | null = null): Resource =>
  aResource(ref, {
    kind: "policy",
    provider: "aws",
    attributes: {
      document: documentOf(Statement),
      ...(other === null ? {} : { otherVersions: [{ versionId: "v1", document: documentOf(other) }] }),
    },
  });

function awsParts(drawn: Drawn): Parts {
  const identities = [
    ...users.map((arn, index) =>
      anIdentity(arn, {
        provider: "aws",
        account: account(arn),
        facts:
          drawn.passwords[index] === null
            ? {}
            : { "auth.interactiveLoginEnabled": { known: drawn.passwords[index]!, source: "src-1", observedAt: "2026-01-01T00:00:00Z" } },
      }),
    ),
    ...roles.map((arn) => anIdentity(arn, { kind: "role", provider: "aws", account: account(arn) })),
  ];
  const resources = [
    ...drawn.documents.map((statements, number) => policy(arnOf("policy", number), statements, drawn.versions[number])),
    ...drawn.inline.map(([holder, each]) => policy(`${holder}#inline/own`, [each])),
    ...[0, 1].map((number) => aResource(arnOf("group", number), { kind: "group", provider: "aws", account: accounts[0] })),
    ...buckets
      .slice(0, 2)
      .map((arn, index) => aResource(arn, { kind: "data_store", provider: "aws", account: accounts[0], sensitivity: 40 + index })),
    aResource(secrets[0]!, { kind: "secret", provider: "aws", account: accounts[0], sensitivity: 70 }),
    aResource("arn:aws:lambda:eu-west-1:111122223333:function:job", { kind: "function", provider: "aws", account: accounts[0] }),
  ];
  const grants = [
    ...drawn.attached.map(([holder, to]) => awsGrant("attached_policy", holder, to)),
    ...drawn.inline.map(([holder]) => awsGrant("attached_policy", holder, `${holder}#inline/own`)),
    ...drawn.boundaries.map(([holder, to]) => awsGrant("boundary", holder, to)),
    ...drawn.members.map(([user, group]) => awsGrant("membership", user, group)),
    ...drawn.trusts.map((Statement, index) =>
      awsGrant("trust", roles[index]!, roles[index]!, { document: { Version: "2012-10-17", Statement } }),
    ),
    ...(drawn.functionRole === null ? [] : [aGrant("RUNS_AS", "arn:aws:lambda:eu-west-1:111122223333:function:job", drawn.functionRole)]),
  ];
  const credentials = drawn.keys.map(([owner, status], index) =>
    aCredential(`AKIA${index}`, owner, status === undefined ? {} : { status }),
  );
  return { identities, resources, grants, credentials };
}

function otherParts({ bindings, stated }: Drawn): Parts {
  const serviceAccounts = [aServiceAccount("shop", "web", { irsaRoleArn: roles[0]! }), aServiceAccount("ops", "ci")];
  const clusterRoles = [
    aRole(null, "reader", [["", "secrets", "get,list"]]),
    aRole(null, "runner", [["", "pods", "create"]]),
    aRole(null, "boss", [["*", "*", "*"]]),
  ];
  const bot = anIdentity("bot");
  const places = ["bot", "AKIA0", secrets[0]!, roles[0]!];
  return {
    identities: [...serviceAccounts, bot],
    credentials: [],
    resources: [...clusterRoles, aSecret("shop", "token"), aK8sResource("namespace" as Resource["kind"], k8sRef("Namespace", "shop"))],
    grants: [
      ...bindings.map(([subject, role, namespace]): Grant => {
        const binding = aBinding(serviceAccounts[subject]!.ref, clusterRoles[role]!.ref, namespace);
        return { ...binding, id: `binding-${subject}-${role}-${namespace}` };
      }),
      ...stated.map(([kind, from, to, conditional]) =>
        aGrant(kind, places[from]!, places[to]!, { conditional, ...(kind === "ACCESSES" ? { level: "write" as const } : {}) }),
      ),
    ],
  };
}

const mergeParts = (a: Parts, b: Parts): Parts => ({
  identities: [...a.identities, ...b.identities],
  credentials: [...a.credentials, ...b.credentials],
  resources: [...a.resources, ...b.resources],
  grants: [...a.grants, ...b.grants],
});
