import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawGraph } from "../testing/raw-graph.ts";
import type { RawEdge, RawNode } from "../testing/raw-graph.ts";
import type { AccessGraph } from "../types.ts";
import { blastRadiusOfAll } from "./blast-radius.ts";
import { followRadii } from "./follow-radii.ts";

const names = Array.from({ length: 9 }, (_, index) => `${index % 3 === 0 ? "resource" : "identity"}:n${index}`);

const node = (key: string): fc.Arbitrary<RawNode> =>
  fc.record({
    key: fc.constant(key),
    weight: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
    tierZero: fc.boolean(),
    environment: fc.constantFrom(null, "dev", "prod"),
  });
const edge = fc
  .record({
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    level: fc.constantFrom(undefined, undefined, undefined, "read" as const, "write" as const, "admin" as const),
    conditional: fc.boolean(),
  })
  .filter(({ from, to }) => from !== to)
  .map(({ level, ...rest }): RawEdge => (level === undefined ? rest : { ...rest, level }));

interface Made {
  readonly nodes: readonly RawNode[];
  readonly edges: readonly RawEdge[];
}

/** Both states have something of worth in each environment, so that they are alike in what is counted. */
const anchors: readonly RawNode[] = ["dev", "prod"].map((environment) => ({ key: `resource:${environment}`, weight: 7, environment }));

const graphOf = ({ nodes, edges }: Made): AccessGraph => {
  const known = new Set(nodes.map(({ key }) => key));
  return rawGraph(
    [...nodes, ...anchors],
    edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  );
};

const made: fc.Arbitrary<Made> = fc.record({ nodes: fc.tuple(...names.map(node)), edges: fc.array(edge, { maxLength: 22 }) });

/** What an edit makes of it: some nodes and edges go, others come, some nodes are worth something else. */
const edited = (from: Made): fc.Arbitrary<Made> =>
  fc
    .record({
      nodes: fc.tuple(
        ...names.map((key, at) => fc.oneof({ weight: 8, arbitrary: fc.constant(from.nodes[at]!) }, { weight: 1, arbitrary: node(key) })),
      ),
      gone: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      kept: fc.subarray([...from.edges], { minLength: Math.max(0, from.edges.length - 4) }),
      more: fc.array(edge, { maxLength: 3 }),
    })
    .map(({ nodes, gone, kept, more }) => ({ nodes: nodes.filter(({ key }) => !gone.includes(key)), edges: [...kept, ...more] }));

const rowsOf = (graph: AccessGraph): unknown => {
  const table = blastRadiusOfAll(graph);
  return graph.nodes.map(({ key }, at) => [key, table.min[at], table.max[at], table.at(at)]);
};

describe("followRadii", () => {
  it("says of every node what computing everything says", () => {
    let changed = 0;
    fc.assert(
      fc.property(
        made.chain((from) => fc.tuple(fc.constant(from), edited(from))),
        fc.boolean(),
        ([from, to], turned) => {
          const [before, after] = (turned ? [to, from] : [from, to]).map(graphOf) as [AccessGraph, AccessGraph];
          const expected = rowsOf({ ...after });
          if (JSON.stringify(rowsOf(before)) !== JSON.stringify(expected)) changed++;
          expect(followRadii(before, after)).toBe(true);
          expect(rowsOf(after)).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(changed).toBeGreaterThan(1_000);
  });

  it("goes on from what it followed itself", () => {
    fc.assert(
      fc.property(
        made.chain((first) => fc.tuple(fc.constant(first), edited(first), edited(first))),
        ([first, ...then]) => {
          let before = graphOf(first);
          for (const next of then) {
            const after = graphOf(next);
            expect(followRadii(before, after)).toBe(true);
            expect(rowsOf(after)).toEqual(rowsOf({ ...after }));
            before = after;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("leaves a graph whose environments are others to a full pass", () => {
    const before = graphOf({ nodes: [], edges: [] });
    const after = rawGraph([...anchors, { key: "resource:x", weight: 3, environment: "stage" }], []);
    expect(followRadii(before, after)).toBe(false);
    expect(rowsOf(after)).toEqual(rowsOf({ ...after }));
  });
});
