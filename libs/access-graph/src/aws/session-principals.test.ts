import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aResource, awsGrant, awsInventory } from "../testing/index.ts";
import type { GraphInput } from "../types.ts";
import { can } from "./authorize/can.ts";

const home = "111122223333";
const ci = `arn:aws:iam::${home}:role/team/ci`;
const other = `arn:aws:iam::${home}:role/other`;
const target = `arn:aws:iam::${home}:role/target`;
const bucket = "arn:aws:s3:::data";
const sessionOf = (role: string, name: string): string => `arn:aws:sts::${home}:assumed-role/${role.split("/").at(-1)}/${name}`;
const release = sessionOf(ci, "release");
const root = `arn:aws:iam::${home}:root`;
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const about = (effect: string, party: object): object => ({ Effect: effect, Action: "s3:GetObject", Resource: "*", ...party });
const own = document({ Effect: "Allow", Action: ["s3:GetObject", "sts:AssumeRole"], Resource: "*" });
const allowEveryone = about("Allow", { Principal: "*" });

const policies: Readonly<Record<string, object>> = {
  "allows a session": document(about("Allow", { Principal: { AWS: release } })),
  "allows a session and its role": document(about("Allow", { Principal: { AWS: [release, ci] } })),
  "allows a session of another role": document(about("Allow", { Principal: { AWS: sessionOf(other, "release") } })),
  "allows everyone but a session": document(about("Allow", { NotPrincipal: { AWS: release } })),
  "denies a session": document(allowEveryone, about("Deny", { Principal: { AWS: release } })),
  "denies everyone but a role and its account": document(allowEveryone, about("Deny", { NotPrincipal: { AWS: [ci, root] } })),
  "denies everyone but a session, its role and its account": document(
    allowEveryone,
    about("Deny", { NotPrincipal: { AWS: [release, ci, root] } }),
  ),
};

function world({
  policy = document(),
  trust = document(),
  hasOwn = true,
}: {
  policy?: object;
  trust?: object;
  hasOwn?: boolean;
}): GraphInput {
  const role = (Arn: string, AssumeRolePolicyDocument: object, inline: object) => ({
    Arn,
    AssumeRolePolicyDocument,
    RolePolicyList: [{ PolicyName: "own", PolicyDocument: inline }],
  });
  const permissions = hasOwn ? own : document();
  const input = awsInventory({
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [role(ci, document(), permissions), role(other, document(), permissions), role(target, trust, document())],
    Policies: [],
  });
  return {
    ...input,
    resources: [...input.resources, aResource(bucket, { kind: "data_store", provider: "aws", account: home, sensitivity: 50 })],
    grants: [...input.grants, awsGrant("resource_policy", bucket, bucket, { document: policy })],
  };
}

function edgeOf(input: GraphInput, from: string, to: string): { readonly truth: string; readonly conditions: readonly string[] } {
  const graph = buildGraph(input);
  const [source, destination] = [graph.indexByKey.get(`identity:${from}`), graph.indexByKey.get(to)];
  const hubs = graph.edges.filter((edge) => edge.from === source && edge.kind === "HAS_ROLE").map((edge) => edge.to);
  const found = graph.edges.filter((edge) => edge.to === destination && (edge.from === source || hubs.includes(edge.from)));
  const truth = found.some((edge) => !edge.conditional) ? "allowed" : found.length > 0 ? "conditional" : "no";
  return { truth, conditions: found.flatMap((edge) => edge.why.conditions) };
}

describe("a policy on a resource that", () => {
  describe.each([true, false])("meets a role with permissions of its own: %s", (hasOwn) => {
    it.each(Object.keys(policies))("%s gives its role what all, some or none of its sessions may", (name) => {
      const input = world({ policy: policies[name]!, hasOwn });
      for (const role of [ci, other]) {
        const answers = ["release", "anything"].map(
          (session) =>
            can(input, { principal: sessionOf(role, session), action: "s3:GetObject", resource: `${bucket}/any` }).decision === "allowed",
        );
        const expected = answers.every(Boolean) ? "allowed" : answers.some(Boolean) ? "conditional" : "no";
        const { truth } = edgeOf(input, role, `resource:${bucket}`);
        // Whether somebody comes with a session that is listed is not known, so what only other sessions may not stays open.
        if (name.startsWith("denies everyone but") && role === ci) expect(truth).toBe("conditional");
        else expect(truth, role).toBe(expected);
      }
    });
  });

  it("names a session says which one", () => {
    const { conditions } = edgeOf(world({ policy: policies["allows a session"]!, hasOwn: false }), ci, `resource:${bucket}`);
    expect(conditions).toContain("Allow if the session is release");
    const denied = edgeOf(world({ policy: policies["denies a session"]!, hasOwn: false }), ci, `resource:${bucket}`);
    expect(denied.conditions).toContain("Deny if the session is release");
  });
});

describe("a trust policy that", () => {
  const assume = (effect: string, party: object): object => ({ Effect: effect, Action: "sts:AssumeRole", ...party });
  const into = (trust: object): string => edgeOf(world({ trust }), ci, `identity:${target}`).truth;

  it("names a session lets its role in under a condition, whatever the path of the role", () => {
    const trust = document(assume("Allow", { Principal: { AWS: release } }));
    expect(edgeOf(world({ trust }), ci, `identity:${target}`)).toEqual({ truth: "conditional", conditions: ["the session is release"] });
    expect(edgeOf(world({ trust }), other, `identity:${target}`).truth).toBe("no");
  });

  it("denies a session leaves the role in as another", () => {
    expect(into(document(assume("Allow", { Principal: { AWS: ci } })))).toBe("allowed");
    expect(into(document(assume("Allow", { Principal: { AWS: ci } }), assume("Deny", { Principal: { AWS: release } })))).toBe(
      "conditional",
    );
  });
});
