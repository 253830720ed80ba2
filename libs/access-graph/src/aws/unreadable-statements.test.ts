import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsGrant, awsInventory } from "../testing/aws-account.ts";
import { aResource } from "../testing/inventory-builders.ts";
import type { GraphInput } from "../types.ts";
import { can } from "./authorize/can.ts";

const account = "111122223333";
const user = `arn:aws:iam::${account}:user/ann`;
const boundary = `arn:aws:iam::${account}:policy/boundary`;
const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const forbids = { Effect: "Deny", Action: "*", Resource: "*" };

type Place = "identity" | "boundary" | "organisation" | "bucket";
function input(place: Place, document: unknown): GraphInput {
  const at = (here: Place): unknown => (place === here ? document : { Version: "2012-10-17", Statement: everything });
  const policy = (ref: string, content: unknown) => aResource(ref, { kind: "policy", provider: "aws", attributes: { document: content } });
  const made = awsInventory({
    UserDetailList: [{ Arn: user, UserPolicyList: [{ PolicyName: "own", PolicyDocument: at("identity") }] }],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
  const attributes = place === "bucket" ? { resourcePolicy: document } : {};
  return {
    ...made,
    resources: [
      ...made.resources,
      policy(boundary, at("boundary")),
      policy("p-1", at("organisation")),
      aResource(`aws:account:${account}`, { kind: "account", provider: "aws", account }),
      aResource("arn:aws:s3:::b", { kind: "data_store", provider: "aws", account, sensitivity: 50, attributes }),
    ],
    grants: [...made.grants, awsGrant("boundary", user, boundary), awsGrant("scp", `aws:account:${account}`, "p-1", { level: 0 })],
  };
}

const asked = (place: Place, document: unknown): string =>
  can(input(place, document), { principal: user, action: "s3:GetObject", resource: "arn:aws:s3:::b/k", context: {} }).decision;
function bucketEdges(place: Place, document: unknown): string[] {
  const graph = buildGraph(input(place, document));
  const [ann, bucket] = [graph.indexByKey.get(`identity:${user}`)!, graph.indexByKey.get("resource:arn:aws:s3:::b")!];
  const found = graph.edges.filter(({ from, to }) => from === ann && to === bucket);
  const owns = graph.edges.filter(({ from, kind }) => from === ann && kind === "OWNS");
  return [...found, ...(place === "bucket" ? [] : owns)].map(({ conditional }) => (conditional ? "perhaps" : "surely"));
}
const beside = (statement: unknown): unknown => ({ Version: "2012-10-17", Statement: [everything, statement] });

const unreadable: readonly [string, unknown][] = [
  ["an effect in the wrong case", { ...forbids, Effect: "deny" }],
  ["elements in the wrong case", { effect: "Deny", action: "*", resource: "*" }],
  ["no action", { Effect: "Deny", Resource: "*" }],
  ["no action in a list", { ...forbids, Action: [] }],
  ["an action that is a number", { ...forbids, Action: 5 }],
  ["a resource that is a number", { ...forbids, Resource: ["arn:aws:s3:::other", 5] }],
  ["a condition that is text", { ...forbids, Condition: "x" }],
  ["a condition without keys", { ...forbids, Condition: { StringEquals: "x" } }],
  ["a value that is an object", { ...forbids, Condition: { StringEquals: { "aws:Referer": { a: 1 } } } }],
  ["text", "Deny"],
];

describe("a statement of an inventory that nobody can read", () => {
  it.each((["identity", "boundary", "organisation"] as const).flatMap((place) => unreadable.map((each) => [place, ...each] as const)))(
    "%s: may forbid anything: %s",
    (place, _, statement) => {
      expect(asked(place, beside(statement))).toBe("unknown");
      const edges = bucketEdges(place, beside(statement));
      expect(edges).not.toContain("surely");
      expect(edges).toContain("perhaps");
      expect(buildGraph(input(place, beside(statement))).gaps.map(({ what }) => what)).toContain("policy_invalid");
    },
  );

  it.each(unreadable)("on a resource leaves open what may be done with it: %s", (_, statement) => {
    const named = typeof statement === "object" ? { ...statement, Principal: "*" } : statement;
    const document = { Version: "2012-10-17", Statement: [{ ...everything, Principal: "*" }, named] };
    expect(asked("bucket", document)).toBe("unknown");
    expect(bucketEdges("bucket", document)).not.toContain("surely");
  });

  it("grants nothing", () => {
    const only = (statement: unknown): unknown => ({ Version: "2012-10-17", Statement: [statement] });
    for (const changed of [{ Condition: "x" }, { Condition: { StringNotEquals: { "aws:Referer": { a: 1 } } } }, { condition: {} }]) {
      expect(asked("identity", only({ ...everything, ...changed }))).toBe("implicitly_denied");
      expect(bucketEdges("identity", only({ ...everything, ...changed }))).toEqual([]);
    }
    expect(asked("identity", only({ Effect: "Allow", NotAction: ["iam:*", 5], Resource: "*" }))).toBe("implicitly_denied");
  });

  it("is no statement for one resource alone where it names none", () => {
    expect(asked("identity", beside({ Effect: "Deny", Action: "s3:*" }))).toBe("unknown");
  });

  it("may be all of a document", () => {
    for (const document of ["text", { Version: "2012-10-17", Statement: "Deny" }])
      expect(["unknown", "implicitly_denied"]).toContain(asked("boundary", document));
  });

  it("is not one of the documents that can be read", () => {
    expect(asked("identity", beside({ ...forbids, Action: "ec2:*" }))).toBe("allowed");
    expect(asked("identity", { Version: "2012-10-17", Statement: everything })).toBe("allowed");
    expect(bucketEdges("identity", { Statement: [everything] })).toContain("surely");
  });
});
