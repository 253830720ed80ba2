import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { reachOf } from "../reach/reach-of.ts";
import { randomWorld } from "../testing/random-world.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { stateWithout } from "../ways.ts";
import { applyChanges } from "./apply-changes.ts";
import { lostEdges, standingEdges } from "./lost-edges.ts";
import { narrowRefusal } from "./narrow-statement.ts";
import { overlay } from "./overlay.ts";
import { removalOf } from "./removal-of.ts";
import { statementsOf } from "./statements-of.ts";
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
    expect(exact).toBeGreaterThan(150);
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

describe("lost edges", () => {
  it("stand until the inventory shows the changes, and no longer", { timeout: 240_000 }, () => {
    let some = 0;
    fc.assert(
      fc.property(worldAndPlan, ([world, plan]) => {
        const graph = buildGraph(world);
        const lost = lostEdges(graph, whatIf(graph, plan, { entries: [], inventory: world, asOf }).after);
        if (lost.total > 0) some++;
        expect(standingEdges(graph, lost)).toEqual(lost.edges);
        expect(standingEdges(buildGraph(applyChanges(world, plan)), lost)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(some).toBeGreaterThan(150);
  });
});

describe("narrowing a statement", () => {
  const documents = (world: GraphInput) => [
    ...world.resources.flatMap(({ kind, ref, attributes }) =>
      kind === "policy" ? [{ policy: ref, document: attributes["document"] }] : [],
    ),
    ...world.grants.flatMap(({ grantKind, from, attributes }) =>
      grantKind === "trust" ? [{ policy: from, document: attributes["document"] }] : [],
    ),
  ];
  /** Every single action and resource that can be taken out of a world's policies. */
  const narrowings = (world: GraphInput) =>
    documents(world).flatMap(({ policy, document }) =>
      statementsOf(document).flatMap(({ id, statement }) => {
        const of = statement as { Action?: unknown; Resource?: unknown };
        return (["Action", "Resource"] as const).flatMap((element) =>
          [of[element]].flat().flatMap((item) =>
            typeof item !== "string"
              ? []
              : [
                  {
                    document,
                    element,
                    item,
                    change: {
                      kind: "narrow_statement" as const,
                      policy,
                      statement: id,
                      removeActions: element === "Action" ? [item] : [],
                      removeResources: element === "Resource" ? [item] : [],
                      addConditions: [],
                    },
                  },
                ],
          ),
        );
      }),
    );
  const withNarrowing = randomWorld
    .filter((world) => narrowings(world).length > 0)
    .chain((world) => {
      const all = narrowings(world);
      return fc.tuple(
        fc.constant(world),
        fc.nat(all.length - 1).map((pick) => all[pick]!),
      );
    });
  /** Written by hand, as a person edits the document. */
  const edited = ({ document, change, element, item }: ReturnType<typeof narrowings>[number]) => {
    const statements = statementsOf(document).flatMap(({ id, statement }) => {
      if (id !== change.statement) return [statement];
      const left = [(statement as Record<string, unknown>)[element]].flat().filter((each) => each !== item);
      return left.length === 0 ? [] : [{ ...(statement as object), [element]: left }];
    });
    return { ...(document as object), Statement: statements };
  };

  it("is what the narrower document is, and never adds", { timeout: 240_000 }, () => {
    let allowed = 0;
    fc.assert(
      fc.property(withNarrowing, ([world, narrowing]) => {
        const { change, document } = narrowing;
        const refusal = narrowRefusal(document, change, false);
        if (refusal?.startsWith("It forbids") === true) return;
        allowed++;
        const graph = buildGraph(world);
        const about = { entries: entriesOf(world), inventory: world, asOf };
        const narrowedResult = whatIf(graph, [change], about);
        const replaced = whatIf(graph, [{ kind: "narrow_policy", policy: change.policy, document: edited(narrowing) }], about);
        expect(answers(narrowedResult.after, graph)).toEqual(answers(replaced.after, graph));
        expect(narrowedResult.risk).toEqual(replaced.risk);
        expect(narrowedResult.risk.after.max).toBeLessThanOrEqual(narrowedResult.risk.before.max);
      }),
      runs,
    );
    expect(allowed).toBeGreaterThan(60);
  });

  const document = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } },
      },
      { Effect: "Deny", Action: "s3:*", Resource: "*" },
      { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    ],
  };
  const edit = (statement: string, more: Partial<Extract<Change, { kind: "narrow_statement" }>>) =>
    narrowRefusal(
      document,
      { kind: "narrow_statement", policy: "p", statement, removeActions: [], removeResources: [], addConditions: [], ...more },
      false,
    );
  const condition = (operator: string, key: string, value: string) => ({ addConditions: [{ operator, key, values: [value] }] });

  it.each([
    ["Read", { removeActions: ["s3:PutObject"] }, null],
    ["Read", condition("IpAddress", "aws:SourceIp", "10.0.0.0/8"), null],
    ["Read", {}, /Nothing is taken out/],
    ["Read", { removeActions: ["s3:DeleteObject"] }, /is not in it/],
    ["Read", { removeActions: ["s3:GetObject", "s3:PutObject"] }, /remove the whole statement/],
    ["Read", condition("StringEquals", "AWS:sourcevpc", "vpc-2"), /already/],
    ["Read", condition("StringEqual", "aws:SourceVpc", "vpc-2"), /no condition operator/],
    ["Read", condition("IpAddress", "aws:SourceIp", "everywhere"), /cannot read the value/],
    ["Read", condition("StringEquals", "SourceVpc", "vpc-2"), /service:key/],
    ["statement 2", { removeActions: ["s3:*"] }, /forbids/],
    ["statement 3", { removeActions: ["iam:*"] }, /leaves out/],
    ["statement 9", { removeActions: ["iam:*"] }, /There is no/],
  ] as const)("%s with %j: %s", (statement, more, refusal) => {
    const said = edit(statement, more);
    if (refusal === null) expect(said).toBeNull();
    else expect(said).toMatch(refusal);
  });
});
