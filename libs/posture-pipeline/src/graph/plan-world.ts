import { buildGraph } from "@rollcall/access-graph";
import type { AccessGraph, Entry, GraphInput } from "@rollcall/access-graph";
import { analysisDate } from "../analysis/analyse-snapshot.ts";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import { entriesOf } from "./entries.ts";

/** The inventory and the graph built from it: what a plan is tried on. */
export interface BuiltWorld {
  readonly snapshot: WorkspaceSnapshot;
  readonly inventory: GraphInput;
  readonly graph: AccessGraph;
  readonly entries: readonly Entry[];
  readonly asOf: string;
}

const cache = new WeakMap<WorkspaceSnapshot, BuiltWorld>();

/** Stored graphs leave out what only the builders know of a node, and a score needs it: so it is built, once per snapshot. */
export function builtWorld(snapshot: WorkspaceSnapshot): BuiltWorld {
  const known = cache.get(snapshot);
  if (known !== undefined) return known;
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
  const graph = buildGraph(inventory);
  const built = { snapshot, inventory, graph, entries: entriesOf(graph, snapshot, asOf), asOf };
  cache.set(snapshot, built);
  return built;
}
