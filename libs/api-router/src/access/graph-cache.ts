import type { AccessGraph } from "@rollcall/access-graph";
import type { ReadStore } from "@rollcall/posture-pipeline";

export interface CachedGraph {
  readonly version: string;
  readonly graph: AccessGraph;
  readonly nodeByEntityId: ReadonlyMap<string, number>;
}

export interface GraphCache {
  /** The newest written graph of a workspace; null before its first analysis. */
  get(workspaceId: string): Promise<CachedGraph | null>;
}

/** Few workspaces are looked at at a time; a graph of 100k nodes takes tens of megabytes. */
const defaultCapacity = 4;

/** Keeps the graphs of the workspaces used last. Concurrent first readers share one load. */
export function createGraphCache(read: Pick<ReadStore, "graph" | "graphVersion">, capacity = defaultCapacity): GraphCache {
  const byWorkspace = new Map<string, { readonly version: string; readonly loading: Promise<CachedGraph> }>();
  return {
    async get(workspaceId) {
      const version = await read.graphVersion(workspaceId);
      if (version === null) return null;
      const held = byWorkspace.get(workspaceId);
      byWorkspace.delete(workspaceId);
      const entry = held?.version === version ? held : { version, loading: load(read, workspaceId, version) };
      byWorkspace.set(workspaceId, entry);
      for (const oldest of byWorkspace.keys()) {
        if (byWorkspace.size <= capacity) break;
        byWorkspace.delete(oldest);
      }
      try {
        return await entry.loading;
      } catch (error) {
        if (byWorkspace.get(workspaceId) === entry) byWorkspace.delete(workspaceId);
        throw error;
      }
    },
  };
}

async function load(read: Pick<ReadStore, "graph">, workspaceId: string, version: string): Promise<CachedGraph> {
  const graph = await read.graph(workspaceId);
  const nodeByEntityId = new Map<string, number>();
  graph.nodes.forEach((node, index) => {
    if (node.entityId !== null && node.kind === "identity") nodeByEntityId.set(node.entityId, index);
  });
  return { version, graph, nodeByEntityId };
}
