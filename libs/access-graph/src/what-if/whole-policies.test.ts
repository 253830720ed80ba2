import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { reachOf } from "../reach/reach-of.ts";
import { aResource, awsGrant, awsInventory } from "../testing/index.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { whatIf } from "./what-if.ts";
import type { WhatIfQuestion } from "./what-if-types.ts";

const account = "111122223333";
const user = `arn:aws:iam::${account}:user/ada`;
const bucket = "arn:aws:s3:::data";
const accountRef = `aws:account:${account}`;
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const statement = (Sid: string, Effect: string, Action: string, rest: object = {}): object => ({
  Sid,
  Effect,
  Action,
  Resource: "*",
  ...rest,
});
const everyone = { Principal: { AWS: user } };

interface Around {
  readonly identity?: object;
  readonly bucketPolicy?: object;
  readonly scp?: object;
  readonly asText?: boolean;
}

function world({ identity, bucketPolicy, scp, asText = false }: Around): GraphInput {
  const input = awsInventory({
    UserDetailList: [{ Arn: user, UserPolicyList: identity === undefined ? [] : [{ PolicyName: "own", PolicyDocument: identity }] }],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
  const carried = asText ? { attributes: { resourcePolicy: JSON.stringify(bucketPolicy) } } : {};
  return {
    ...input,
    resources: [
      ...input.resources,
      aResource(accountRef, { kind: "account", provider: "aws", account, sensitivity: 100, tierZero: true }),
      aResource(bucket, { kind: "data_store", provider: "aws", account, sensitivity: 60, ...carried }),
      ...(scp === undefined ? [] : [aResource("p-limit", { kind: "policy", provider: "aws", attributes: { document: scp } })]),
    ],
    grants: [
      ...input.grants,
      ...(bucketPolicy === undefined || asText ? [] : [awsGrant("resource_policy", bucket, bucket, { document: bucketPolicy })]),
      ...(scp === undefined ? [] : [awsGrant("scp", accountRef, "p-limit", { level: 0 })]),
    ],
  };
}

const level = (graph: AccessGraph): string => {
  const node = graph.indexByKey.get(`resource:${bucket}`);
  return reachOf(graph, graph.indexByKey.get(`identity:${user}`)!).assets.find((asset) => asset.node === node)?.level ?? "none";
};

function removed(around: Around, policy: string, sid: string): readonly [string, string] {
  const inventory = world(around);
  const graph = buildGraph(inventory);
  const question: WhatIfQuestion = { entries: [], inventory, asOf: "2026-01-01T00:00:00Z" };
  const result = whatIf(graph, [{ kind: "remove_statement", policy, statement: sid }], question);
  expect(result.inexact).toEqual([]);
  return [level(graph), level(result.after)];
}

const reads = document(statement("Reads", "Allow", "s3:GetObject"));
const noReads = statement("NoReads", "Deny", "s3:GetObject");

describe("one statement of a policy that is judged as a whole", () => {
  it.each([false, true])("a bucket's grant goes (as text: %s)", (asText) => {
    const bucketPolicy = document(statement("Reads", "Allow", "s3:GetObject", everyone));
    expect(removed({ bucketPolicy, asText }, bucket, "Reads")).toEqual(["read", "none"]);
  });
  it("a bucket's deny goes", () => {
    const bucketPolicy = document({ ...noReads, Principal: "*" });
    expect(removed({ identity: reads, bucketPolicy }, bucket, "NoReads")).toEqual(["none", "read"]);
  });
  it("what an organisation allows goes", () => {
    const scp = document(statement("All", "Allow", "*"));
    expect(removed({ identity: reads, scp }, "p-limit", "All")).toEqual(["read", "none"]);
  });
  it("what an organisation denies goes", () => {
    const scp = document(statement("All", "Allow", "*"), noReads);
    expect(removed({ identity: reads, scp }, "p-limit", "NoReads")).toEqual(["none", "read"]);
  });
});
