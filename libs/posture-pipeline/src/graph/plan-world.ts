import { answersPlan, buildGraph } from "@rollcall/access-graph";
import type { AccessGraph, Change, Entry, GraphInput } from "@rollcall/access-graph";
import { analysisDate } from "../analysis/analyse-snapshot.ts";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { SourceLag } from "../ports/graph-views.ts";
import { entriesOf } from "./entries.ts";
import type { ReadGraph } from "./source-lags.ts";

/** What a plan is tried on: a graph, the inventory beside it, and where an attack may start. */
export interface PlanWorld {
  readonly snapshot: WorkspaceSnapshot;
  readonly inventory: GraphInput;
  readonly graph: AccessGraph;
  /** Sources that may have more to say, now. */
  readonly lags: readonly SourceLag[];
  readonly entries: readonly Entry[];
  readonly asOf: string;
}

const stored = new WeakMap<WorkspaceSnapshot, Made>();
const built = new WeakMap<WorkspaceSnapshot, Made>();

/** The graph as the analysis stored it. */
export function storedWorld({ graph, lags }: Pick<ReadGraph, "graph" | "lags">, snapshot: WorkspaceSnapshot): PlanWorld {
  const known = stored.get(snapshot);
  const world = known?.graph === graph ? known : worldOf(snapshot, () => graph);
  stored.set(snapshot, world);
  return { ...world, lags };
}

/** What a plan is tried on: the stored graph wherever that can tell, since building takes a hundred times as long as asking it. */
export function worldFor(world: PlanWorld, changes: readonly Change[]): PlanWorld {
  if (answersPlan(world.graph, changes, world.inventory)) return world;
  // The changed inventory is built, so what it is compared with has to be built from the same inventory: a sync may have come in since.
  const known = built.get(world.snapshot) ?? worldOf(world.snapshot, buildGraph);
  built.set(world.snapshot, known);
  return { ...known, lags: world.lags };
}

type Made = Omit<PlanWorld, "lags">;

function worldOf(snapshot: WorkspaceSnapshot, graphOf: (inventory: GraphInput) => AccessGraph): Made {
  // Without a dated source ages mean nothing; any instant does.
  const asOf = analysisDate(snapshot, "1970-01-01T00:00:00.000Z");
  const { identities, credentials, resources, grants } = snapshot;
  const inventory: GraphInput = {
    identities: identities.filter((identity) => identity.goneAt === null),
    credentials,
    resources,
    grants,
    asOf,
  };
  const graph = graphOf(inventory);
  return { snapshot, inventory, graph, entries: entriesOf(graph, snapshot, asOf), asOf };
}
