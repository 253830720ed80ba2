import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { reachOf } from "../reach/reach-of.ts";
import { randomWorld } from "../testing/random-world.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { stateWithout } from "../ways.ts";
import { applyChanges, statementsOf } from "./apply-changes.ts";
import { overlay } from "./overlay.ts";
import { removalOf } from "./removal-of.ts";
import { riskOf, whatIf } from "./what-if.ts";
import type { Change, Entry } from "./what-if-types.ts";

const runs = { numRuns: 200 };
const asOf = "2026-06-01T00:00:00Z";

/** Every change one could make to a world. */
function changesOf(world: GraphInput): Change[] {
  const documents = [
    ...world.resources.flatMap(({ kind, ref, attributes }) => (kind === "policy" ? [{ ref, document: attributes["document"] }] : [])),
    ...world.grants.flatMap(({ grantKind, from, attributes }) =>
      grantKind === "trust" ? [{ ref: from, document: attributes["document"] }] : [],
    ),
  ];
  return [
    ...world.grants.map((grant): Change => ({ kind: "remove_grant", grant: grant.id })),
    ...documents.flatMap(({ ref, document }) =>
      statementsOf(document).map(({ id }): Change => ({ kind: "remove_statement", policy: ref, statement: id })),
    ),
    ...world.credentials.map(({ ref }): Change => ({ kind: "revoke_credential", credential: `credential:${ref}` })),
    ...world.identities.map(({ ref }): Change => ({ kind: "delete_identity", identity: `identity:${ref}` })),
  ];
}

const worldAndPlan = randomWorld.chain((world) => {
  const changes = changesOf(world);
  return fc.tuple(
    fc.constant(world),
    fc.uniqueArray(fc.nat(changes.length - 1), { minLength: 1, maxLength: 3 }).map((picks) => picks.map((pick) => changes[pick]!)),
  );
});

/** Radius, and what is reached how, of every node that is an identity, credential or outsider in the first graph. */
function answers(graph: AccessGraph, like: AccessGraph): Record<string, unknown> {
  const table = blastRadiusOfAll(graph);
  return Object.fromEntries(
    like.nodes.flatMap(({ key, kind }) => {
      if (kind === "resource") return [];
      const node = graph.indexByKey.get(key);
      if (node === undefined) return [[key, { min: 0, max: 0, assets: [] }]];
      const assets = reachOf(graph, node).assets.map(
        ({ node: asset, level, conditional }) => `${graph.nodes[asset]!.key} ${level} ${conditional}`,
      );
      return [[key, { min: table.min[node], max: table.max[node], assets: assets.sort() }]];
    }),
  );
}

const entriesOf = (world: GraphInput): Entry[] =>
  world.identities.map(({ ref }, index) => ({ node: `identity:${ref}`, points: (index % 3) + 1 }));

describe("grounds of edges", () => {
  it("add up to what the edge is", { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(randomWorld, (world) => {
        for (const edge of buildGraph(world).edges)
          expect(stateWithout(edge, () => false)).toBe(edge.conditional ? "conditional" : "certain");
      }),
      runs,
    );
  });
});

describe("whatIf", () => {
  it("answers from the overlay what building the changed inventory answers", { timeout: 240_000 }, () => {
    let exact = 0;
    fc.assert(
      fc.property(worldAndPlan, ([world, plan]) => {
        const graph = buildGraph(world);
        const { removal, obstacles } = removalOf(graph, plan, { inventory: world });
        if (obstacles.length > 0) return;
        exact++;
        const rebuilt = buildGraph(applyChanges(world, plan));
        const after = overlay(graph, removal);
        expect(answers(after, graph)).toEqual(answers(rebuilt, graph));
        expect(riskOf(after, entriesOf(world))).toEqual(riskOf(rebuilt, entriesOf(world)));
        expect(after.totalWeight).toBe(rebuilt.totalWeight);
      }),
      { numRuns: 1000 },
    );
    expect(exact).toBeGreaterThan(250);
  });

  it("is exact for every plan when it has the inventory", { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(worldAndPlan, ([world, plan]) => {
        const graph = buildGraph(world);
        const result = whatIf(graph, plan, { entries: entriesOf(world), inventory: world, asOf });
        expect(result.inexact).toEqual([]);
        expect(result.risk.after).toEqual(riskOf(buildGraph(applyChanges(world, plan)), entriesOf(world)));
      }),
      runs,
    );
  });
});
