import { describe, expect, it } from "vitest";
import { buildGraph } from "./build-graph.ts";
import { chokePoints } from "./choke-points/choke-points.ts";
import { routes } from "./routes/routes.ts";
import { aGrant, anIdentity, anInput, aResource } from "./testing/inventory-builders.ts";
import { whatIf } from "./what-if/what-if.ts";

const account = "123456789012";
const root = `arn:aws:iam::${account}:root`;
const linked = `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`;
const own = `arn:aws:iam::${account}:role/own`;
const policy = `arn:aws:iam::${account}:policy/everything`;
const document = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
const policyGrant = (role: string) => aGrant("attached_policy", role, policy, { dialect: "aws_iam" });

const owns = aGrant("OWNS", root, `aws:account:${account}`);
const inventory = anInput({
  identities: [root, linked, own].map((arn) => anIdentity(arn, { kind: arn === root ? "platform" : "role", provider: "aws", account })),
  resources: [
    aResource(`aws:account:${account}`, { kind: "account", provider: "aws", account, sensitivity: 100, sensitivityReason: "everything" }),
    aResource(policy, { kind: "policy", provider: "aws", account, attributes: { document } }),
  ],
  grants: [owns, policyGrant(linked), policyGrant(own)],
});
const graph = buildGraph(inventory);
const [asRoot, asLinked, asOwn] = [root, linked, own].map((arn) => graph.indexByKey.get(`identity:${arn}`)!) as [number, number, number];
const whole = graph.indexByKey.get(`resource:aws:account:${account}`)!;

describe("what nobody can take away", () => {
  it("gives as much as anything else", () => {
    for (const from of [asRoot, asLinked, asOwn])
      expect(graph.edges).toContainEqual(expect.objectContaining({ from, to: whole, kind: "OWNS", conditional: false }));
  });

  it("is no fix of a route", () => {
    const fixesFrom = (from: number) =>
      routes(graph, { from, to: whole }, { grants: inventory.grants, asOf: inventory.asOf }).flatMap(({ hops }) =>
        hops.flatMap(({ fixes }) => fixes),
      );
    expect(fixesFrom(asRoot)).toEqual([]);
    expect(fixesFrom(asLinked).map(({ title }) => title)).toEqual(["Remove All from everything"]);
    expect(fixesFrom(asOwn).map(({ title }) => title)).toEqual(["Detach everything from own", "Remove All from everything"]);
  });

  it("is no choke point", () => {
    const entries = [root, linked, own].map((arn) => ({ node: `identity:${arn}`, points: 1 }));
    const { ranked, redundant } = chokePoints(graph, entries);
    expect([...ranked, ...redundant].flatMap(({ fix }) => fix.grounds).sort()).toEqual([
      `grant:${policyGrant(own).id}`,
      `statement:${policy}#All`,
    ]);
  });

  it("stays whatever a plan says, with and without the inventory", () => {
    const plan = [{ kind: "remove_grant" as const, grant: owns.id }];
    for (const known of [{ inventory }, { grants: inventory.grants }]) {
      const { after, inexact } = whatIf(graph, plan, { entries: [], asOf: inventory.asOf, ...known });
      expect(after.edges).toContainEqual(expect.objectContaining({ kind: "OWNS", from: after.indexByKey.get(`identity:${root}`) }));
      if (!("inventory" in known)) expect(inexact.join()).toContain("nobody can take it away");
    }
  });
});
