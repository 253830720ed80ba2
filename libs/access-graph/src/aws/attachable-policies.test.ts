import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { stateWithout } from "../ways.ts";
import { escalationGraph, escalationInput, iamArn, techniquesOfCaller } from "../testing/escalation-world.ts";
import type { Statement } from "../testing/escalation-world.ts";
import { aResource } from "../testing/inventory-builders.ts";

const attach = (...policies: string[]): Statement => ({
  Effect: "Allow",
  Action: "iam:AttachUserPolicy",
  Resource: iamArn("user/caller"),
  Condition: { ArnEquals: { "iam:PolicyARN": policies } },
});
const attachAny: Statement = { Effect: "Allow", Action: "iam:AttachUserPolicy", Resource: "*" };
const not = (...policies: string[]): Statement => ({
  Effect: "Deny",
  Action: "iam:AttachUserPolicy",
  Resource: "*",
  Condition: { ArnLike: { "iam:PolicyARN": policies } },
});
const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const everything: Statement = { Effect: "Allow", Action: "*", Resource: "*" };

const worldWith = (statements: readonly Statement[], theirs: readonly Statement[], name = iamArn("policy/theirs")) => {
  const input = escalationInput({ statements });
  const policy = aResource(name, { kind: "policy", provider: "aws", attributes: { document: { Statement: theirs } } });
  return buildGraph({ ...input, resources: [...input.resources, policy] });
};
const certain = { conditional: false } as const;

describe("which policies make an administrator when they are attached", () => {
  it.each([
    ["the one of AWS", [attach(aws("AdministratorAccess"))], true],
    ["the one that gives all of IAM", [attach(aws("IAMFullAccess"))], true],
    ["one that only reads", [attach(aws("ReadOnlyAccess"))], false],
    ["any but the first", [attachAny, not(aws("AdministratorAccess"))], true],
    ["any but those of AWS", [attachAny, not("arn:aws:iam::aws:policy/*")], false],
    ["none of them", [attachAny, not("*")], false],
  ])("%s", (_, statements, expected) => {
    const graph = escalationGraph({ statements });
    expect(techniquesOfCaller(graph, certain).includes("iam-008")).toBe(expected);
    expect(techniquesOfCaller(graph, { conditional: true })).not.toContain("iam-008");
  });

  const own = attach(iamArn("policy/theirs"));
  it.each<[string, readonly Statement[], string, boolean]>([
    ["everything", [everything], iamArn("policy/theirs"), true],
    ["all of IAM", [{ ...everything, Action: "iam:*" }], iamArn("policy/theirs"), true],
    ["all of another service", [{ ...everything, Action: "s3:*" }], iamArn("policy/theirs"), false],
    ["everything on one user", [{ ...everything, Resource: iamArn("user/x") }], iamArn("policy/theirs"), false],
    ["everything and a deny", [everything, { ...everything, Effect: "Deny" }], iamArn("policy/theirs"), false],
    ["everything, in another account", [everything], "arn:aws:iam::444455556666:policy/theirs", false],
    ["everything, but it is another policy", [everything], iamArn("policy/other"), false],
  ])("one of the account itself with %s", (_, theirs, name, expected) => {
    const statements = name.includes("444455556666") ? [attach(name)] : [own];
    expect(techniquesOfCaller(worldWith(statements, theirs, name), certain).includes("iam-008")).toBe(expected);
  });

  it("rests on the policy of the account, unless another one does as well", () => {
    const edgeOf = (statements: readonly Statement[]) =>
      worldWith(statements, [{ ...everything, Sid: "All" }]).edges.find(({ why }) => why.technique === "iam-008")!;
    const ground = `statement:${iamArn("policy/theirs")}#All`;
    expect(edgeOf([own]).why.facts.map(({ ref }) => ref)).toContain(iamArn("policy/theirs"));
    expect(stateWithout(edgeOf([own]), (each) => each === ground)).toBe("gone");
    expect(stateWithout(edgeOf([attach(iamArn("policy/theirs"), aws("IAMFullAccess"))]), (each) => each === ground)).toBe("certain");
  });

  it("a new role needs its policy and its name", () => {
    const statements = [{ ...attach(iamArn("policy/theirs")), Action: "iam:AttachRolePolicy", Resource: "*" }];
    const create: Statement = { Effect: "Allow", Action: "iam:CreateRole", Resource: "*", Sid: "Create" };
    expect(techniquesOfCaller(worldWith(statements, [everything]), certain)).not.toContain("new-role");
    const edge = worldWith([...statements, create], [everything]).edges.find(({ why }) => why.technique === "new-role")!;
    expect(edge.conditional).toBe(false);
    expect(stateWithout(edge, (each) => each.endsWith("#Create"))).toBe("gone");
  });
});
