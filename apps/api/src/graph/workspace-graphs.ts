import { lagsOf } from "@rollcall/posture-pipeline";
import type { GraphWorld, ReadStore, WorkspaceSnapshot } from "@rollcall/posture-pipeline";

type Graph = GraphWorld["graph"];

export interface GraphSource {
  readonly version: ReadStore["graphVersion"];
  readonly graph: ReadStore["graph"];
  readonly readings: ReadStore["sourceReadings"];
  readonly snapshot: (workspaceId: string) => Promise<WorkspaceSnapshot>;
  readonly now: () => Date;
}

interface Held {
  readonly version: string;
  readonly world: Promise<GraphWorld>;
  bytes: number;
}

/** What a node and an edge take with their strings, evidence and index arrays; measured on the demo organisation, rounded up. */
const bytesPerNode = 900;
const bytesPerEdge = 700;
export const graphBytes = (graph: Pick<Graph, "nodes" | "edges">): number =>
  graph.nodes.length * bytesPerNode + graph.edges.length * bytesPerEdge;

/** The graphs of the workspaces asked about last, as many as fit in the memory given. Concurrent first questions share one load. */
export class WorkspaceGraphs {
  readonly #source: GraphSource;
  readonly #memoryBytes: number;
  readonly #held = new Map<string, Held>();

  constructor(source: GraphSource, memoryBytes: number) {
    this.#source = source;
    this.#memoryBytes = memoryBytes;
  }

  /** Null before the first analysis. */
  async get(workspaceId: string): Promise<GraphWorld | null> {
    const version = await this.#source.version(workspaceId);
    if (version === null) return null;
    const known = this.#held.get(workspaceId);
    const entry = known?.version === version ? known : this.#load(workspaceId, version);
    // Asked about last: dropped last.
    this.#held.delete(workspaceId);
    this.#held.set(workspaceId, entry);
    try {
      return await entry.world;
    } catch (error) {
      if (this.#held.get(workspaceId) === entry) this.#held.delete(workspaceId);
      throw error;
    }
  }

  #load(workspaceId: string, version: string): Held {
    const entry: Held = {
      version,
      bytes: 0,
      world: this.#source.graph(workspaceId).then((graph) => this.#admit(entry, { workspaceId, graph })),
    };
    return entry;
  }

  #admit(entry: Held, { workspaceId, graph }: { readonly workspaceId: string; readonly graph: Graph }): GraphWorld {
    entry.bytes = graphBytes(graph);
    let total = [...this.#held.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [other, { bytes }] of this.#held) {
      if (total <= this.#memoryBytes) break;
      if (other === workspaceId) continue;
      this.#held.delete(other);
      total -= bytes;
    }
    let snapshot: Promise<WorkspaceSnapshot> | undefined;
    return {
      version: entry.version,
      graph,
      read: async () => {
        const readings = await this.#source.readings(workspaceId);
        return { graph, readings, lags: lagsOf(readings, this.#source.now()) };
      },
      snapshot: () => {
        snapshot ??= this.#source.snapshot(workspaceId).catch((error: unknown) => {
          snapshot = undefined;
          throw error;
        });
        return snapshot;
      },
    };
  }
}
