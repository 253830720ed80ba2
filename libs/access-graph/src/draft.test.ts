import { describe, expect, it } from "vitest";
import { GraphDraft } from "./draft.ts";
import { derivedNode } from "./derived-node.ts";
import { evidence } from "./edge-builder.ts";

const edge = (from: string, to: string) => ({
  from,
  to,
  kind: "CONTAINS" as const,
  conditional: false,
  level: null,
  why: evidence([{ ref: from, detail: `holds ${to}` }]),
});

describe("a draft of the graph", () => {
  it("takes edges before their nodes, and leaves out definitions that no edge touches", () => {
    const draft = new GraphDraft();
    draft.addEdge(edge("resource:c", "resource:a"));
    expect(draft.hasNode("resource:a")).toBe(false);
    for (const name of ["c", "b", "a"]) draft.addNodeIfUsed(derivedNode(`resource:${name}`, name));
    const { nodes, edges, indexByKey } = draft.finish();
    expect(nodes.map(({ label }) => label)).toEqual(["a", "c"]);
    expect(edges.map(({ from, to }) => [from, to])).toEqual([[1, 0]]);
    expect([...indexByKey]).toEqual([
      ["resource:a", 0],
      ["resource:c", 1],
    ]);
  });

  it("refuses an edge to something that is no node", () => {
    const draft = new GraphDraft();
    draft.addNode(derivedNode("resource:a", "a"));
    draft.addEdge(edge("resource:a", "resource:b"));
    expect(() => draft.finish()).toThrow("misses the node resource:b");
  });
});
