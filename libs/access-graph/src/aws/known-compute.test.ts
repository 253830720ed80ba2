import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { shortestPath } from "../reach/shortest-path.ts";
import { awsGrant } from "../testing/aws-account.ts";
import { allow, deny, escalationAccount, escalationGraph, iamArn, techniquesOfCaller } from "../testing/escalation-world.ts";
import type { Statement } from "../testing/escalation-world.ts";
import { aCredential, aGrant, anIdentity, aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";

/** Something that runs as a role: `as` target is an administrator, `as` harmless can do nothing. */
const running =
  (ref: string, role: "target" | "harmless" | null) =>
  (input: GraphInput): GraphInput => ({
    ...input,
    identities: [...input.identities, anIdentity(iamArn("role/harmless"), { kind: "role", provider: "aws", account: escalationAccount })],
    resources: [...input.resources, aResource(ref, { kind: "function", provider: "aws", account: escalationAccount })],
    grants: [...input.grants, ...(role === null ? [] : [aGrant("RUNS_AS", ref, iamArn(`role/${role}`))])],
  });
const known = takeOverTechniques.flatMap((technique) => {
  if (technique.compute === undefined) return [];
  const { arnService, typePrefix, elsewhere = [], stillNeeds } = technique.compute;
  const ref = `arn:aws:${arnService}:eu-west-1:${escalationAccount}:${typePrefix}known`;
  const on = technique.onAnything.filter((action) => !elsewhere.includes(action));
  return [{ id: technique.id, service: technique.target.slice("service:".length), ref, on, elsewhere, certain: stillNeeds === undefined }];
});
const reaches = (graph: AccessGraph): [boolean, boolean] => {
  const row = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
  return [row.tierZeroMin, row.tierZeroMax];
};

describe.each(known)("$id where the inventory says what runs as what", ({ id, service, ref, on, elsewhere, certain }) => {
  const rights = (resource: string): Statement[] => [allow(on, resource), ...(elsewhere.length === 0 ? [] : [allow(elsewhere)])];

  it(`leads through it to its role, ${certain ? "certainly" : "if the rest holds"}`, () => {
    const graph = escalationGraph({ statements: rights(ref), service, also: running(ref, "target") });
    expect(reaches(graph)).toEqual([certain, true]);
    const caller = graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!;
    const hops = shortestPath(graph, caller, graph.indexByKey.get(`identity:${iamArn("role/target")}`)!)!;
    expect(hops.map((hop) => hop.edge.kind)).toEqual(["CAN_CONTROL_COMPUTE", "RUNS_AS"]);
  });

  it("leads nowhere else when the permissions name only that thing, and it runs as something harmless", () => {
    expect(reaches(escalationGraph({ statements: rights(ref), service, also: running(ref, "harmless") }))).toEqual([false, false]);
  });

  it("stays conditional for the administrator when the permissions cover more than that thing, or its role is not known", () => {
    expect(reaches(escalationGraph({ statements: rights("*"), service, also: running(ref, "harmless") }))).toEqual([false, true]);
    expect(reaches(escalationGraph({ statements: rights(ref), service, also: running(ref, null) }))).toEqual([false, true]);
  });

  it("is gone when a permission on it is denied", () => {
    const graph = escalationGraph({ statements: [...rights(ref), deny(on[0]!)], service, also: running(ref, "target") });
    expect([true, false].flatMap((conditional) => techniquesOfCaller(graph, { conditional }))).not.toContain(id);
  });
});

describe("machines", () => {
  const pass = [allow(["iam:PassRole"], iamArn("role/target")), allow(["ec2:RunInstances"])];
  const profiles =
    (instanceProfiles: readonly string[]) =>
    (input: GraphInput): GraphInput => ({
      ...input,
      identities: input.identities.map((identity) => ({ ...identity, attributes: { instanceProfiles } })),
    });
  it("can run as a role only through an instance profile", () => {
    const run = { statements: pass, service: "ec2.amazonaws.com" };
    expect(reaches(escalationGraph({ ...run, also: profiles(["arn:aws:iam::111122223333:instance-profile/p"]) }))).toEqual([true, true]);
    expect(reaches(escalationGraph({ ...run, also: profiles([]) }))).toEqual([false, true]);
  });
  it("are known to run as the role that their instance profile names", () => {
    const ref = `arn:aws:ec2:eu-west-1:${escalationAccount}:instance/i-1`;
    const machine = (input: GraphInput): GraphInput => ({
      ...input,
      resources: [...input.resources, aResource(ref, { kind: "compute", provider: "aws", account: escalationAccount })],
      grants: [...input.grants, awsGrant("instance_profile", ref, iamArn("role/target"))],
    });
    const statements = [allow(["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"], ref)];
    expect(reaches(escalationGraph({ statements, service: "ec2.amazonaws.com", also: machine }))).toEqual([true, true]);
  });
});

describe("access keys", () => {
  const holding =
    (count: number) =>
    (input: GraphInput): GraphInput => ({
      ...input,
      credentials: Array.from({ length: count }, (_, index) => aCredential(`AKIA${index}`, iamArn("user/admin"), { status: "active" })),
    });
  const techniques = (actions: readonly string[], count: number): string[] =>
    techniquesOfCaller(escalationGraph({ statements: [allow(actions, iamArn("user/admin"))], also: holding(count) }), {
      conditional: false,
    });
  it("cannot be created for a user who has two, unless one may be deleted first", () => {
    expect(techniques(["iam:CreateAccessKey"], 1)).toEqual(["iam-002"]);
    expect(techniques(["iam:CreateAccessKey"], 2)).toEqual([]);
    expect(techniques(["iam:CreateAccessKey", "iam:DeleteAccessKey"], 2)).toEqual(["iam-003"]);
  });
});
