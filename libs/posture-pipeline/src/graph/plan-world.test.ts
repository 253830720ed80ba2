import { expect, it } from "vitest";
import { buildGraph } from "@rollcall/access-graph";
import { aGrant, anIdentity, anInput, aResource } from "@rollcall/access-graph/testing";
import { aSnapshot } from "../testing/a-snapshot.ts";
import { planEffect } from "./answer-what-if.ts";
import { storedWorld, worldFor } from "./plan-world.ts";

const account = "123456789012";
const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
const managed = "arn:aws:iam::aws:policy/AdministratorAccess";
const document = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
const inventory = (names: readonly string[]) =>
  anInput({
    identities: names.map((name) => anIdentity(user(name), { provider: "aws", account })),
    resources: [
      aResource(`aws:account:${account}`, { kind: "account", provider: "aws", account, sensitivity: 100 }),
      aResource(managed, { kind: "policy", provider: "aws", attributes: { document } }),
    ],
    grants: names.map((name) => aGrant("attached_policy", user(name), managed, { dialect: "aws_iam" })),
  });
const analysed = inventory(["ci"]);
const graph = buildGraph(analysed);
const stored = { graph, lags: [] };
/** A sync has come in since the analysis. */
const since = inventory(["ci", "new"]);
const snapshot = aSnapshot(since);
const detach = { kind: "remove_grant", grant: since.grants[0]!.id } as const;
const remove = { kind: "delete_identity", identity: `identity:${user("ci")}` } as const;
const asked = { focus: null, open: [], show: [] };

it("tries a plan on the stored graph, without building", () => {
  const world = storedWorld(stored, snapshot);
  expect(worldFor(world, [detach]).graph).toBe(graph);
  expect(planEffect(world, { ...asked, changes: [detach] }).answer.risk.after).toEqual({ min: 0, max: 0 });
});

it("where the graph cannot tell, compares two graphs of the same inventory", () => {
  const { world, after } = planEffect(storedWorld(stored, snapshot), { ...asked, changes: [remove] });
  expect(world.graph.indexByKey.has(`identity:${user("new")}`)).toBe(true);
  expect([...world.graph.indexByKey.keys()].filter((key) => !after.indexByKey.has(key))).toEqual([remove.identity]);
  expect(worldFor(storedWorld(stored, snapshot), [remove]).graph).toBe(world.graph);
});
