import type { Bound, GraphIndex } from "../reach/graph-index.ts";

/** The part of a graph that some nodes reach in one bound, without the edges that are gone, with numbers of its own. */
export class GraphPart {
  /** Their numbers in the whole; the starts come first, in their order. */
  readonly nodes: readonly number[];
  readonly index: GraphIndex;

  constructor(
    whole: GraphIndex,
    bound: Bound,
    { starts, gone }: { readonly starts: readonly number[]; readonly gone: ReadonlySet<number> },
  ) {
    const numberOf = new Map(starts.map((node, at) => [node, at]));
    const nodes = [...starts];
    const [from, to, accessLevel]: [number[], number[], number[]] = [[], [], []];
    const offsets = [0];
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]!;
      for (let e = whole.outgoing.offsets[node]!; e < whole.outgoing.offsets[node + 1]!; e++) {
        const edge = whole.outgoing.edgeIds[e]!;
        if ((bound === "min" && whole.conditional[edge] !== 0) || gone.has(edge)) continue;
        const target = whole.to[edge]!;
        let number = numberOf.get(target);
        if (number === undefined) {
          number = nodes.length;
          numberOf.set(target, number);
          nodes.push(target);
        }
        from.push(at);
        to.push(number);
        accessLevel.push(whole.accessLevel[edge]!);
      }
      offsets.push(from.length);
    }
    const rows = { offsets: Int32Array.from(offsets), edgeIds: Int32Array.from(from.keys()) };
    this.nodes = nodes;
    this.index = {
      nodeCount: nodes.length,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      conditional: new Uint8Array(from.length),
      accessLevel: Uint8Array.from(accessLevel),
      outgoing: rows,
      // Only ever searched forwards.
      incoming: rows,
    };
  }
}
