import { describe, expect, it } from "vitest";
import { allow, deny, escalationGraph, iamArn, techniquesOfCaller } from "../testing/escalation-world.ts";
import type { Statement } from "../testing/escalation-world.ts";

const account = "111122223333";
const pass = allow(["iam:PassRole"], iamArn("role/target"));
const lambda = (name: string, owner = account): string => `arn:aws:lambda:us-east-1:${owner}:${name}`;
const ec2 = (...kinds: string[]): string[] => kinds.map((kind) => `arn:aws:ec2:*:${account}:${kind}/*`);
const create = (...on: string[]): Statement => allow(["lambda:CreateFunction"], on);
const invoke = (...on: string[]): Statement => allow(["lambda:InvokeFunction"], on);
const both = (...on: string[]): readonly Statement[] => [create(...on), invoke(...on)];

const certain = (technique: string, service: string, statements: readonly Statement[]): boolean =>
  techniquesOfCaller(escalationGraph({ service, statements: [pass, ...statements] }), { conditional: false }).includes(technique);

describe("what an action of a technique is performed on", () => {
  it.each<[string, readonly Statement[], boolean]>([
    ["functions of one name", both(lambda("function:mine")), true],
    ["functions of every region", both(`arn:aws:lambda:*:${account}:function:mine-*`), true],
    ["anything of the service", both("arn:aws:lambda:*"), true],
    ["a pattern that leaves parts out", both("arn:aws:lambda:*:function:mine-*"), true],
    ["versions of what it makes", [create(lambda("function:mine")), invoke(lambda("function:mine"), lambda("function:mine:*"))], true],
    ["patterns that meet in some name", [create(lambda("function:dev-*")), invoke(lambda("function:*-job"))], true],
    ["all but one function", [{ Effect: "Allow", Action: "lambda:*", NotResource: lambda("function:other") }], true],
    ["one function made, another one run", [create(lambda("function:dev-*")), invoke(lambda("function:prod-*"))], false],
    ["another kind of thing", both(lambda("layer:*")), false],
    ["functions of another account", both(lambda("function:*", "444455556666")), false],
    ["functions of another account in every region", both("arn:aws:lambda:*:444455556666:function:*"), false],
    ["things of another service", both(`arn:aws:s3:::*`), false],
    [
      "nothing but functions denied",
      [...both("*"), { ...deny("lambda:*"), Resource: lambda("function:*").replace("us-east-1", "*") }],
      false,
    ],
  ])("a function: %s", (_, statements, expected) => {
    expect(certain("lambda-001", "lambda.amazonaws.com", statements)).toBe(expected);
  });

  it.each<[string, readonly string[], boolean]>([
    ["everything", ["*"], true],
    ["each kind it takes", ["arn:aws:ec2:*::image/*", ...ec2("instance", "network-interface", "subnet", "volume")], true],
    ["images alone", ["arn:aws:ec2:*::image/*"], false],
    ["all kinds but instances", ["arn:aws:ec2:*::image/*", ...ec2("network-interface", "subnet", "volume")], false],
    ["another account", ["arn:aws:ec2:*::image/*", "arn:aws:ec2:*:444455556666:*"], false],
  ])("a machine: %s", (_, resources, expected) => {
    expect(certain("ec2-001", "ec2.amazonaws.com", [allow(["ec2:RunInstances"], resources)])).toBe(expected);
  });

  it("a document may name its versions", () => {
    const start = (resource: string): Statement => allow(["ssm:StartAutomationExecution"], resource);
    const statements = (resource: string): readonly Statement[] => [allow(["ssm:CreateDocument"]), start(resource)];
    expect(certain("ssm-003", "ssm.amazonaws.com", statements(`arn:aws:ssm:*:${account}:automation-definition/*:*`))).toBe(true);
    expect(certain("ssm-003", "ssm.amazonaws.com", statements("arn:aws:ssm:*:444455556666:automation-definition/*:*"))).toBe(false);
  });

  it.each<[string, string, readonly string[], string]>([
    [
      "codedeploy-001",
      "ec2.amazonaws.com",
      ["codedeploy:CreateDeployment", "codedeploy:RegisterApplicationRevision", "codedeploy:GetDeploymentConfig"],
      `arn:aws:codedeploy:*:${account}:*:*`,
    ],
    [
      "cloudformation-004",
      "cloudformation.amazonaws.com",
      ["cloudformation:UpdateStackSet"],
      `arn:aws:cloudformation:*:${account}:stackset/mine:*`,
    ],
    [
      "ecs-004",
      "ecs-tasks.amazonaws.com",
      ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
      `arn:aws:ecs:*:${account}:task-definition/mine:*`,
    ],
  ])("names with more parts count as well: %s", (technique, service, actions, resource) => {
    const graph = escalationGraph({ service, statements: [pass, allow(actions, resource)] });
    expect(techniquesOfCaller(graph, { conditional: true })).toContain(technique);
  });

  it("an action whose kind is not told is not performed in another account either", () => {
    const glue = (owner: string): Statement => allow(["glue:CreateJob", "glue:StartJobRun"], `arn:aws:glue:*:${owner}:job/*`);
    expect(certain("glue-003", "glue.amazonaws.com", [glue(account)])).toBe(true);
    expect(certain("glue-003", "glue.amazonaws.com", [glue("444455556666")])).toBe(false);
  });
});
