import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { awsGrant } from "../testing/aws-account.ts";
import { allow, escalationAccount, escalationGraph, iamArn, techniquesOfCaller } from "../testing/escalation-world.ts";
import type { EscalationWorld, Statement } from "../testing/escalation-world.ts";
import { aGrant, aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph, GraphInput } from "../types.ts";

const job = `arn:aws:lambda:eu-west-1:${escalationAccount}:function:job`;
const secret = `arn:aws:secretsmanager:eu-west-1:${escalationAccount}:secret:db`;
const things = (input: GraphInput): GraphInput => ({
  ...input,
  resources: [
    ...input.resources,
    aResource("arn:aws:s3:::orders", { kind: "data_store", provider: "aws", account: escalationAccount, sensitivity: 50 }),
    aResource(secret, { kind: "secret", provider: "aws", account: escalationAccount }),
    aResource(job, { kind: "function", provider: "aws", account: escalationAccount }),
  ],
  grants: [...input.grants, aGrant("RUNS_AS", job, iamArn("role/target"))],
});

const action = fc.constantFrom(
  ["s3:*"],
  ["s3:GetObject"],
  ["s3:Get*", "s3:PutObject"],
  ["sts:AssumeRole"],
  ["iam:PassRole", "lambda:*"],
  ["iam:PassRole", "ec2:*"],
  ["iam:CreateAccessKey"],
  ["iam:UpdateAssumeRolePolicy"],
  ["secretsmanager:GetSecretValue"],
  ["ssm:StartSession"],
  ["lambda:UpdateFunctionCode", "lambda:InvokeFunction"],
);
const resource = fc.constantFrom(
  "*",
  "*",
  "*",
  "arn:aws:s3:::orders/*",
  "arn:aws:s3:::orders*",
  "arn:aws:s3:::named/*",
  iamArn("role/*"),
  iamArn("user/admin"),
  `${secret}*`,
  job,
  "arn:aws:lambda:*:*:function:dev-*",
  "arn:aws:ec2:eu-west-1:*:instance/*",
);
const condition = fc.constantFrom<Statement | undefined>(
  undefined,
  undefined,
  { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { StringNotEquals: { "aws:PrincipalAccount": escalationAccount } },
  { StringLike: { "aws:PrincipalArn": iamArn("user/c*") } },
  { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
  { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
);
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    action,
    resource: fc.array(resource, { minLength: 1, maxLength: 2 }),
    isExcept: fc.constantFrom(false, false, false, true),
    condition,
  })
  .map(({ Effect, action: Action, resource: named, isExcept, condition: Condition }): Statement => ({
    Effect,
    Action,
    ...(isExcept ? { NotResource: named } : { Resource: named }),
    ...(Condition === undefined ? {} : { Condition }),
  }));

/** In two halves: neither makes an administrator by itself, of whom only the account would be said. */
const everything = [allow(["iam:*"]), { Effect: "Allow", NotAction: "iam:*", Resource: "*" }];
/** What the caller gains by its permissions as they are; what it gains by changing itself depends on what limits it afterwards. */
const kinds: ReadonlySet<string> = new Set([
  "ACCESSES",
  "HAS_ROLE",
  "CAN_READ_SECRET",
  "CAN_PASS_AND_RUN",
  "CAN_CONTROL_COMPUTE",
  "CAN_MINT_CREDENTIAL",
  "CAN_MODIFY_TRUST",
  "CAN_ASSUME",
]);

function gains(world: Partial<EscalationWorld>): string[] {
  const graph: AccessGraph = escalationGraph({ statements: everything, also: things, ...world });
  const caller = graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!;
  return graph.edges
    .filter(({ from, kind }) => from === caller && kinds.has(kind))
    .map(({ to, kind, level, conditional, why }) =>
      [kind, graph.nodes[to]!.key, level, why.technique, conditional ? "perhaps" : "surely"].join(" "),
    )
    .sort();
}

describe("a statement limits in a boundary, or an organisation's policy, what it grants in a policy of the caller's own", () => {
  it("gives the same edges, as surely", () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
        const own = gains({ statements });
        found += own.length;
        expect(gains({ boundary: statements }), "as a boundary").toEqual(own);
        expect(gains({ scps: [statements] }), "in the organisation").toEqual(own);
        expect(gains({ scps: [everything, statements], boundary: everything }), "on a level below").toEqual(own);
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(20);
  });

  const region = { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } };
  const inOneRegion = [{ ...allow(["*"]), ...region }];
  it("leaves everything conditional that a limit allows under a condition only", () => {
    const own = gains({ statements: [allow(["s3:GetObject"]), allow(["iam:CreateAccessKey"])] });
    expect(own.filter((edge) => edge.endsWith("surely")).length).toBeGreaterThan(2);
    const perhaps = own.map((edge) => edge.replace("surely", "perhaps"));
    const statements = [allow(["s3:GetObject"]), allow(["iam:CreateAccessKey"])];
    expect(gains({ statements, boundary: inOneRegion })).toEqual(perhaps);
    expect(gains({ statements, scps: [inOneRegion] })).toEqual(perhaps);
  });
});

describe("what limits leave", () => {
  const both = (world: Partial<EscalationWorld>): string[] => {
    const graph = escalationGraph({ statements: [allow(["*"])], ...world });
    return [true, false].flatMap((conditional) => techniquesOfCaller(graph, { conditional }));
  };
  const newUsers = ["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"];
  const team = iamArn("user/team/*");
  it.each<[string, Partial<EscalationWorld>]>([
    ["a boundary", { boundary: [allow(newUsers, team)] }],
    ["an organisation's policy", { scps: [[allow(newUsers, team)]] }],
    ["a deny of everything else", { statements: [allow(newUsers), { Effect: "Deny", Action: "iam:*", NotResource: team }] }],
    ["two limits that meet", { boundary: [allow(newUsers, iamArn("user/*-x"))], scps: [[allow(newUsers, team)]] }],
  ])("is enough to make a principal: %s", (_, world) => {
    expect(both(world)).toContain("new-user");
  });
  it("is not enough where limits leave no name in common", () => {
    expect(both({ boundary: [allow(newUsers, iamArn("user/other/*"))], scps: [[allow(newUsers, team)]] })).not.toContain("new-user");
  });
  it("is not about things of another service", () => {
    const pass = allow(["iam:PassRole"]);
    const on = (arn: string): string[] =>
      both({ service: "ec2.amazonaws.com", statements: [pass, allow(["ec2:RequestSpotInstances"], arn)] });
    expect(on(iamArn("role/target"))).not.toContain("ec2-003");
    expect(on(`arn:aws:ec2:*:${escalationAccount}:*`)).toContain("ec2-003");
  });
  it("is taken off perhaps where that depends on a condition", () => {
    const off = { ...allow(["iam:DeleteUserPermissionsBoundary"]), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
    const limited = (boundary: readonly Statement[]): AccessGraph => escalationGraph({ statements: [allow(["*"])], boundary });
    const s3 = allow(["s3:GetObject"]);
    expect(techniquesOfCaller(limited([s3, off]), { conditional: true })).toContain("lift-limits");
    expect(techniquesOfCaller(limited([s3, off]), { conditional: false })).toEqual([]);
    expect(both({ boundary: [s3] })).toEqual([]);
  });
  it.each<[string, Statement, "surely" | "perhaps" | "no"]>([
    ["taking it off", allow(["iam:DeleteUserPermissionsBoundary"], iamArn("user/caller")), "surely"],
    ["putting another in its place", allow(["iam:PutUserPermissionsBoundary"], iamArn("user/caller")), "surely"],
    ["rewriting it", allow(["iam:CreatePolicyVersion"], iamArn("policy/boundary")), "surely"],
    ["somebody else's", allow(["iam:PutUserPermissionsBoundary", "iam:DeleteUserPermissionsBoundary"], iamArn("user/other")), "no"],
    ["a role's", allow(["iam:PutRolePermissionsBoundary"]), "no"],
    ["rewriting another policy", allow(["iam:CreatePolicyVersion"], iamArn("policy/other")), "no"],
    [
      "putting itself in its place",
      {
        ...allow(["iam:PutUserPermissionsBoundary"]),
        Condition: { StringEquals: { "iam:PermissionsBoundary": iamArn("policy/boundary") } },
      },
      "no",
    ],
    [
      "putting another in its place with a second factor",
      { ...allow(["iam:PutUserPermissionsBoundary"]), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
      "perhaps",
    ],
  ])("a boundary that allows its holder %s is none: %#", (_, statement, expected) => {
    const graph = escalationGraph({ statements: [allow(["*"])], boundary: [allow(["s3:GetObject"]), statement] });
    const [sure, open] = [false, true].map((conditional) => techniquesOfCaller(graph, { conditional }).includes("lift-limits"));
    expect(sure ? "surely" : open ? "perhaps" : "no").toBe(expected);
    const { tierZeroMin, tierZeroMax } = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
    expect([tierZeroMin, tierZeroMax]).toEqual([expected === "surely", expected !== "no"]);
  });
  it("counts of a policy attached beside as well", () => {
    const guard = [{ Effect: "Deny", Action: "*", NotResource: team }];
    const guarded = (input: GraphInput): GraphInput => ({
      ...input,
      resources: [
        ...input.resources,
        aResource(iamArn("policy/guard"), { kind: "policy", attributes: { document: { Statement: guard } } }),
      ],
      grants: [...input.grants, awsGrant("attached_policy", iamArn("user/caller"), iamArn("policy/guard"))],
    });
    expect(both({ also: guarded })).toContain("new-user");
  });
});
