import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { escalationGraph, iamArn } from "../testing/escalation-world.ts";
import type { Statement } from "../testing/escalation-world.ts";

const all: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
const allowIam: Statement = { Effect: "Allow", Action: "iam:*", Resource: "*" };
const allowNotIam: Statement = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };
const denyAll: Statement = { Effect: "Deny", Action: "*", Resource: "*" };
const denyNot = (...NotAction: string[]): Statement => ({ Effect: "Deny", NotAction, Resource: "*" });
const onlyEc2: Statement = { Effect: "Allow", Action: ["ec2:*"], Resource: "*" };
const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

type Answer = "yes" | "conditional" | "no";
const table: readonly [name: string, statements: readonly Statement[], boundary: readonly Statement[] | undefined, answer: Answer][] = [
  ["everything", [all], undefined, "yes"],
  ["everything, in two halves that split IAM from the rest", [allowIam, allowNotIam], undefined, "yes"],
  ["IAM alone is enough", [allowIam], undefined, "yes"],
  ["everything but IAM is not", [{ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }], undefined, "no"],
  ["everything, and everything denied", [all, denyAll], undefined, "no"],
  ["everything, denied in two halves", [all, { Effect: "Deny", Action: "iam:*", Resource: "*" }, denyNot("iam:*")], undefined, "no"],
  ["everything, all but EC2 denied", [all, denyNot("ec2:*")], undefined, "no"],
  ["everything, all but two services denied", [all, denyNot("ec2:*", "s3:*")], undefined, "no"],
  ["everything, one harmless service denied", [all, { Effect: "Deny", Action: "ec2:*", Resource: "*" }], undefined, "yes"],
  ["everything, one harmless action denied by a pattern", [all, { Effect: "Deny", Action: "s3:Delete*", Resource: "*" }], undefined, "yes"],
  ["everything within a boundary of everything", [all], [all], "yes"],
  ["everything within a boundary of everything in two halves", [all], [allowIam, allowNotIam], "yes"],
  ["everything within a boundary of EC2", [all], [onlyEc2], "no"],
  [
    "everything within a boundary of all but IAM and roles",
    [all],
    [{ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }],
    "no",
  ],
  ["EC2 within a boundary of everything", [onlyEc2], [all], "no"],
  ["IAM within a boundary of EC2", [allowIam], [onlyEc2], "no"],
  ["everything within a boundary that denies everything", [all], [all, denyAll], "no"],
  ["everything with a second factor only", [{ ...all, Condition: mfa }], undefined, "conditional"],
  [
    "everything, denied without a second factor",
    [all, { ...denyAll, Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }],
    undefined,
    "conditional",
  ],
  [
    "doing everything with principals under a path that has none, which includes making one",
    [{ ...allowIam, Resource: iamArn("user/other/*") }],
    undefined,
    "yes",
  ],
  [
    "changing only principals under a path that has none",
    [
      { ...allowIam, Resource: iamArn("user/other/*") },
      { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" },
    ],
    undefined,
    "no",
  ],
  [
    "making principals, with a harmless policy only",
    [
      { Effect: "Allow", Action: ["iam:CreateUser", "iam:CreateAccessKey"], Resource: iamArn("user/new-*") },
      {
        Effect: "Allow",
        Action: "iam:AttachUserPolicy",
        Resource: "*",
        Condition: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
      },
    ],
    undefined,
    "no",
  ],
  [
    "making principals within a boundary",
    [
      {
        Effect: "Allow",
        Action: "iam:CreateRole",
        Resource: "*",
        Condition: { StringEquals: { "iam:PermissionsBoundary": iamArn("policy/boundary") } },
      },
      { Effect: "Allow", Action: "iam:AttachRolePolicy", Resource: "*" },
    ],
    undefined,
    "conditional",
  ],
  ["everything, written as every action of every service", [{ Effect: "Allow", Action: "*:*", Resource: "*" }], undefined, "yes"],
  ["everything on all resources but those of IAM", [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:iam::*:*" }], undefined, "no"],
  ["a name that only looks like a permission", [{ Effect: "Allow", Action: "iam:PutUserPolic", Resource: "*" }], undefined, "no"],
  ["a permission in another case", [{ Effect: "Allow", Action: "IAM:putuserPOLICY", Resource: iamArn("user/caller") }], undefined, "yes"],
];

describe("who is administrator in effect", () => {
  it.each(table)("%s", (_, statements, boundary, answer) => {
    // No service runs as the other administrator, so there is nobody to become: only its own permissions count.
    const graph = escalationGraph({ statements, service: "unrelated.amazonaws.com", ...(boundary === undefined ? {} : { boundary }) });
    const { tierZeroMin, tierZeroMax } = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
    expect(tierZeroMin ? "yes" : tierZeroMax ? "conditional" : "no").toBe(answer);
  });
});

it("what holds under a condition stays a way beside what holds for certain", () => {
  const graph = escalationGraph({ statements: [allowIam, { ...all, Condition: mfa }] });
  const caller = graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!;
  const edgeOf = (kind: string, technique: string | null) =>
    graph.edges.find((edge) => edge.from === caller && edge.kind === kind && edge.why.technique === technique)!;
  expect(edgeOf("OWNS", null).conditional).toBe(true);
  const itself = edgeOf("CAN_ESCALATE_SELF", "iam-007");
  expect(itself.conditional).toBe(false);
  const isHeldBy = (isOpen: boolean): boolean =>
    itself.why.ways!.some((way) => way.every((need) => need.some((grounds) => grounds.includes("?") === isOpen)));
  expect([true, false].map(isHeldBy)).toEqual([true, true]);
});
