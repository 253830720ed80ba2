import type { AccessLevel } from "@rollcall/nhi-model";
import { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { AccessGraph, EdgeEvidence, EdgeKind, GraphNode, Ground } from "../types.ts";
import { openGround } from "../ways.ts";

export interface RawNode extends Partial<GraphNode> {
  readonly key: string;
}

export interface RawEdge {
  readonly from: string;
  readonly to: string;
  readonly kind?: EdgeKind;
  readonly level?: AccessLevel;
  readonly conditional?: boolean;
  readonly technique?: string;
  /** Each alone keeps the edge. */
  readonly grounds?: readonly Ground[];
}

/** A graph straight from nodes and edges, for tests of whatever reads graphs. The node kind is the key's prefix; ACCESSES if a level is given, else CAN_ASSUME. */
export function rawGraph(nodes: readonly RawNode[], edges: readonly RawEdge[]): AccessGraph {
  const draft = new GraphDraft();
  for (const node of nodes) draft.addNode(rawNode(node));
  for (const edge of edges) {
    draft.addEdge({
      from: edge.from,
      to: edge.to,
      kind: edge.kind ?? (edge.level === undefined ? "CAN_ASSUME" : "ACCESSES"),
      conditional: edge.conditional ?? false,
      level: edge.level ?? null,
      why: groundedOn(
        edge,
        evidence(
          [{ ref: "test", detail: "stated by the test" }],
          edge.technique ?? null,
          edge.conditional === true ? ["the condition holds"] : [],
        ),
      ),
    });
  }
  return draft.finish();
}

export function rawNode(node: RawNode): GraphNode {
  const prefix = node.key.slice(0, node.key.indexOf(":"));
  const kind = prefix === "identity" || prefix === "credential" || prefix === "external" ? prefix : "resource";
  return {
    kind,
    subkind: kind,
    entityId: null,
    label: node.key,
    provider: "test",
    account: null,
    environment: null,
    weight: 0,
    weightReason: null,
    tierZero: false,
    ...node,
  };
}

const groundedOn = ({ grounds, conditional }: RawEdge, why: EdgeEvidence): EdgeEvidence =>
  grounds === undefined
    ? why
    : resting(
        why,
        grounds.map((ground) => [[conditional === true ? [openGround, ground] : [ground]]]),
      );
