import { graphFromRows } from "@rollcall/access-graph";
import type { AccessGraph, EdgeEvidence, EdgeKind, GraphEdge, GraphGap, GraphNode, NodeKind, NodeTraits } from "@rollcall/access-graph";
import { copyOut } from "../database/copy-out.ts";
import type { Sql } from "../database/database.ts";

const ofWorkspace = "where workspace_id = current_setting('app.workspace_id')::uuid order by position";

/** The graph that the newest analysis wrote, by COPY. Row-level security and the setting of the transaction name the workspace. */
export async function readGraph(sql: Sql): Promise<AccessGraph> {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const gaps: GraphGap[] = [];
  const shared = new SharedTexts();
  const traitsOf = oncePer((text) => JSON.parse(text) as NodeTraits);
  const sourceIdsOf = oncePer((text) => text.slice(1, -1).split(","));
  const evidenceOf = oncePer((text) => new StoredEvidence(text));
  await copyOut(
    sql,
    `select key, kind, subkind, entity_id, label, provider, account, environment, weight, weight_reason, tier_zero, source_ids, traits from graph_node ${ofWorkspace}`,
    ([key, kind, subkind, entityId, label, provider, account, environment, weight, weightReason, tierZero, sourceIds, traits]) => {
      nodes.push({
        key: key!,
        kind: shared.one(kind!) as NodeKind,
        subkind: shared.one(subkind!),
        entityId: entityId!,
        label: label!,
        provider: shared.one(provider!),
        account: shared.maybe(account!),
        environment: shared.maybe(environment!),
        weight: Number(weight),
        weightReason: shared.maybe(weightReason!),
        tierZero: tierZero === "t",
        ...(sourceIds === null ? {} : { sourceIds: sourceIdsOf(sourceIds!) }),
        ...(traits === null ? {} : { traits: traitsOf(traits!) }),
      });
    },
  );
  await copyOut(
    sql,
    `select from_node, to_node, kind, conditional, level, why from graph_edge ${ofWorkspace}`,
    ([from, to, kind, conditional, level, why]) => {
      const edge = {
        from: Number(from),
        to: Number(to),
        kind: shared.one(kind!) as EdgeKind,
        conditional: conditional === "t",
        level: shared.maybe(level!) as GraphEdge["level"],
      };
      edges.push(new StoredEdge(edge, evidenceOf(why!)));
    },
  );
  await copyOut(sql, `select ref, what, detail from graph_gap ${ofWorkspace}`, ([ref, what, detail]) => {
    gaps.push({ ref: ref!, what: shared.one(what!) as GraphGap["what"], detail: detail! });
  });
  return graphFromRows(nodes, edges, gaps);
}

/** A statement's evidence, parsed when somebody asks for it: most questions do for a few edges, and all of it takes longer to parse than the graph to read. */
class StoredEvidence {
  #evidence: string | EdgeEvidence;
  constructor(text: string) {
    this.#evidence = text;
  }
  get read(): EdgeEvidence {
    if (typeof this.#evidence === "string") this.#evidence = JSON.parse(this.#evidence) as EdgeEvidence;
    return this.#evidence;
  }
}

/** Edges of one statement share their evidence, as they did when they were built. */
class StoredEdge implements GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  readonly conditional: boolean;
  readonly level: GraphEdge["level"];
  readonly #evidence: StoredEvidence;

  constructor({ from, to, kind, conditional, level }: Omit<GraphEdge, "why">, evidence: StoredEvidence) {
    this.from = from;
    this.to = to;
    this.kind = kind;
    this.conditional = conditional;
    this.level = level;
    this.#evidence = evidence;
  }

  get why(): EdgeEvidence {
    return this.#evidence.read;
  }
}

/** The same text gives the same object. */
function oncePer<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let made = known.get(text);
    if (made === undefined) known.set(text, (made = make(text)));
    return made;
  };
}

/** Words that repeat on every row are kept once. */
class SharedTexts {
  readonly #texts = new Map<string, string>();
  one(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
  maybe(text: string | null): string | null {
    return text === null ? null : this.one(text);
  }
}
