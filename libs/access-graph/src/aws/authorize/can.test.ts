import { describe, expect, it } from "vitest";
import { aResource, anIdentity, anInput } from "../../testing/inventory-builders.ts";
import { awsGrant, awsInventory } from "../../testing/aws-account.ts";
import type { GraphInput } from "../../types.ts";
import { awsPolicySets } from "../aws-policy-sets.ts";
import { decide } from "../evaluate.ts";
import { can } from "./can.ts";

const account = "111111111111";
const role = `arn:aws:iam::${account}:role/team/deploy`;
const allowAll = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const read = { principal: role, action: "s3:GetObject", resource: "arn:aws:s3:::data/k" };
const only = (action: string, effect = "Allow"): unknown => ({
  Version: "2012-10-17",
  Statement: [{ Effect: effect, Action: action, Resource: "*" }],
});

const base = awsInventory({
  UserDetailList: [],
  GroupDetailList: [],
  Policies: [],
  RoleDetailList: [
    {
      Arn: role,
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
      },
      RolePolicyList: [{ PolicyName: "all", PolicyDocument: allowAll }],
    },
  ],
});

const withParts = (parts: Partial<GraphInput>): GraphInput =>
  anInput({
    identities: [...base.identities, ...(parts.identities ?? [])],
    resources: [...base.resources, ...(parts.resources ?? [])],
    grants: [...base.grants, ...(parts.grants ?? [])],
  });

const accountRef = `aws:account:${account}`;
const policyRef = (name: string): string => `arn:aws:organizations::222222222222:policy/o-1/service_control_policy/${name}`;
const organisation = (levels: readonly (readonly [string, unknown])[][], attributes: Record<string, unknown> = {}): GraphInput =>
  withParts({
    resources: [
      aResource(accountRef, { kind: "account", provider: "aws", account, attributes }),
      ...levels
        .flat()
        .map(([name, document]) =>
          aResource(policyRef(name), { kind: "policy", provider: "aws", attributes: document === null ? {} : { document } }),
        ),
    ],
    grants: levels.flatMap((level, index) => level.map(([name]) => awsGrant("scp", accountRef, policyRef(name), { level: index }))),
  });

describe("can, over an inventory", () => {
  it("answers from the policies of the principal", () => {
    expect(can(base, read)).toMatchObject({
      decision: "allowed",
      statements: [{ policy: `${role}#inline/all`, statement: 0, effect: "Allow" }],
    });
  });
  it("finds the role of a session, whose ARN has no path", () => {
    expect(can(base, { ...read, principal: `arn:aws:sts::${account}:assumed-role/deploy/s` }).decision).toBe("allowed");
  });
  it("names only the conditions that are open", () => {
    const Condition = { StringEquals: { "aws:PrincipalAccount": account }, Bool: { "aws:SecureTransport": "true" } };
    const scps = [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition }] }];
    expect(can(base, { ...read, scps })).toMatchObject({ decision: "conditional", reason: "Allow if Bool aws:SecureTransport true" });
  });
  it("does not know who is not in the inventory", () => {
    expect(can(base, { ...read, principal: `arn:aws:iam::${account}:user/nobody` }).decision).toBe("unknown");
  });
  it("says what is wrong with a question", () => {
    expect(can(base, { ...read, action: "GetObject" })).toMatchObject({ decision: "invalid" });
    expect(can(base, { ...read, scps: [{ Statement: [] }] })).toMatchObject({ decision: "invalid" });
  });
  it("takes the levels of the organisation from grants", () => {
    const full = ["p-FullAWSAccess", null] as const;
    expect(can(organisation([[full], [full]]), read).decision).toBe("allowed");
    expect(can(organisation([[full], [["p-1", only("ec2:*")]]]), read).decision).toBe("implicitly_denied");
    expect(can(organisation([[full, ["p-1", only("s3:*", "Deny")]], [full]]), read)).toMatchObject({
      decision: "explicitly_denied",
      statements: [{ policy: policyRef("p-1"), effect: "Deny" }],
    });
    expect(can(organisation([[full, ["p-1", only("s3:*", "Deny")]]], { isManagementAccount: true }), read).decision).toBe("allowed");
  });
  it("is not certain past an organisation policy whose document is missing", () => {
    expect(
      can(
        organisation([
          [
            ["p-FullAWSAccess", null],
            ["p-1", null],
          ],
        ]),
        read,
      ).decision,
    ).toBe("conditional");
    expect(
      can(
        organisation([
          [
            ["p-FullAWSAccess", null],
            ["p-1", null],
          ],
        ]),
        { ...read, context: {} },
      ).decision,
    ).toBe("unknown");
  });
  it("is not certain past an attached policy whose document is missing", () => {
    const missing = withParts({ grants: [awsGrant("attached_policy", role, "arn:aws:iam::aws:policy/Gone")] });
    expect(can(missing, read)).toMatchObject({ decision: "conditional", reason: expect.stringContaining("arn:aws:iam::aws:policy/Gone") });
    expect(can(missing, { ...read, context: {} }).decision).toBe("unknown");
  });
  it("takes the owner and the policy of a resource from the inventory", () => {
    const bucket = (owner: string, attributes: Record<string, unknown> = {}): GraphInput =>
      withParts({ resources: [aResource("arn:aws:s3:::data", { kind: "data_store", provider: "aws", account: owner, attributes })] });
    const open = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "s3:*", Resource: "*" }] };
    expect(can(bucket("222222222222"), read).decision).toBe("implicitly_denied");
    expect(can(bucket("222222222222", { resourcePolicy: open }), read).decision).toBe("allowed");
    expect(
      can(bucket("222222222222"), { ...read, resourcePolicy: [{ Resource: "arn:aws:s3:::data", Policy: open, Account: "222222222222" }] })
        .decision,
    ).toBe("allowed");
    const granted = withParts({
      resources: [aResource("arn:aws:s3:::data", { kind: "data_store", provider: "aws", account })],
      grants: [
        awsGrant("resource_policy", "arn:aws:s3:::data", "arn:aws:s3:::data", {
          document: JSON.stringify({ ...open, Statement: [{ ...open.Statement[0], Effect: "Deny" }] }),
        }),
      ],
    });
    expect(can(granted, read).decision).toBe("explicitly_denied");
  });
  it("asks the trust policy when a role is assumed", () => {
    expect(can(base, { principal: role, action: "sts:AssumeRole", resource: role }).decision).toBe("allowed");
    expect(can(base, { principal: "ec2.amazonaws.com", action: "sts:AssumeRole", resource: role }).decision).toBe("implicitly_denied");
  });
  it("gives the graph the same limits", () => {
    const policies = awsPolicySets(
      organisation([
        [
          ["p-FullAWSAccess", null],
          ["p-1", only("s3:*", "Deny")],
        ],
      ]),
    ).get(role)!;
    expect(decide(policies, { action: "s3:GetObject", resource: read.resource }).decision).toBe("explicitly_denied");
    expect(decide(policies, { action: "ec2:RunInstances", resource: "*" }).decision).toBe("allowed");
  });
  it("leaves service-linked roles out of the organisation's limits", () => {
    const linked = `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`;
    const input = organisation([[["p-1", only("*", "Deny")]]]);
    const more = {
      ...input,
      identities: [...input.identities, anIdentity(linked, { kind: "role", provider: "aws", account })],
      grants: [...input.grants, awsGrant("attached_policy", linked, `${role}#inline/all`)],
    };
    expect(can(more, { ...read, principal: linked }).decision).toBe("allowed");
    expect(can(more, read).decision).toBe("explicitly_denied");
  });

  it("does not know what a key or a role elsewhere that is not in the inventory lets in", () => {
    const key = { principal: role, action: "kms:Decrypt", resource: `arn:aws:kms:eu-west-1:${account}:key/k-1` };
    expect(can(base, key)).toMatchObject({ decision: "conditional", reason: expect.stringContaining(key.resource) });
    expect(can(base, { ...key, context: {} }).decision).toBe("unknown");
    expect(can(base, { ...key, context: {}, resourcePolicy: only("kms:Encrypt", "Deny") }).decision).toBe("invalid");
    const foreign = { principal: role, action: "sts:AssumeRole", resource: "arn:aws:iam::222222222222:role/there", context: {} };
    expect(can(base, foreign).decision).toBe("unknown");
    expect(can(base, { ...foreign, resource: `arn:aws:iam::${account}:role/nowhere` }).decision).toBe("implicitly_denied");
    expect(can(base, { ...foreign, sessionPolicies: [only("s3:*")] }).decision).toBe("implicitly_denied");
    expect(can(base, { ...foreign, scps: [[only("sts:*", "Deny")]] }).decision).toBe("explicitly_denied");
  });

  it("leaves open what a boundary without a document denies, even to who is named by the resource", () => {
    const user = `arn:aws:iam::${account}:user/ada`;
    const input = awsInventory({
      UserDetailList: [{ Arn: user, PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${account}:policy/edge` } }],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    });
    const resourcePolicy = { Statement: [{ Effect: "Allow", Principal: { AWS: user }, Action: "s3:*", Resource: "*" }] };
    expect(can(input, { ...read, principal: user, resourcePolicy }).decision).toBe("conditional");
    expect(can(input, { ...read, principal: user, resourcePolicy, context: {} }).decision).toBe("unknown");
  });
  it("takes the path through the tree of an organisation, and none for the account that manages it", () => {
    const tree = (manager: string): unknown => ({
      Arn: `arn:aws:organizations::${manager}:root/o-1/r-1`,
      Id: "r-1",
      Policies: [{ Content: allowAll }],
      Children: [{ Id: account, Policies: [{ Content: only("s3:*", "Deny") }] }],
    });
    expect(can(base, { ...read, scps: tree("222222222222") }).decision).toBe("explicitly_denied");
    expect(can(base, { ...read, scps: tree(account) }).decision).toBe("allowed");
  });
});
