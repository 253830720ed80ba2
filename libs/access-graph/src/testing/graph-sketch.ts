import fc from "fast-check";
import type { RawEdge, RawNode } from "./raw-graph.ts";

/** A small graph as `rawGraph` takes it. */
export interface GraphSketch {
  readonly nodes: readonly RawNode[];
  readonly edges: readonly RawEdge[];
}

const key = (index: number, isIdentity: boolean): string => `${isIdentity ? "identity" : "resource"}:${index}`;

/** Up to sixty nodes and twice as many edges of every sort: certain and conditional, control and each level of access. */
export const graphSketch: fc.Arbitrary<GraphSketch> = fc
  .integer({ min: 1, max: 60 })
  .chain((size) =>
    fc.record({
      nodes: fc.array(
        fc.record({
          isIdentity: fc.boolean(),
          weight: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
          tierZero: fc.boolean(),
          environment: fc.constantFrom(null, "prod", "dev"),
        }),
        { minLength: size, maxLength: size },
      ),
      edges: fc.array(
        fc.record({
          from: fc.nat(size - 1),
          to: fc.nat(size - 1),
          conditional: fc.boolean(),
          level: fc.constantFrom(undefined, undefined, "read" as const, "write" as const, "admin" as const),
        }),
        { maxLength: size * 2 },
      ),
    }),
  )
  .map(({ nodes, edges }) => {
    const keys = nodes.map((node, index) => key(index, node.isIdentity));
    return {
      nodes: nodes.map(({ weight, tierZero, environment }, index) => ({ key: keys[index]!, weight, tierZero, environment })),
      edges: edges.map(({ from, to, ...rest }) => ({ from: keys[from]!, to: keys[to]!, ...rest })),
    };
  });
