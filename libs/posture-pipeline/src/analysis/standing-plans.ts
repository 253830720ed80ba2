import { standingEdges } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import type { Credential } from "@rollcall/nhi-model";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { TaskPlan } from "../ports/task-plan.ts";

export interface StoredPlan {
  readonly taskId: string;
  readonly plan: Pick<TaskPlan, "check" | "sourceIds" | "asOf">;
}

/** How the plans of a workspace stand, by the id of their task. */
export interface PlanStandings {
  /** Something they take away is still there. */
  readonly standing: ReadonlySet<string>;
  /** What they touch could not be read this time: that it is not there says nothing. */
  readonly unread: ReadonlySet<string>;
}

/** Which plans were carried out, told by the graph and the inventory of an analysis and not by a click. */
export function planStandings(
  plans: readonly StoredPlan[],
  { graph, snapshot }: { readonly graph: AccessGraph; readonly snapshot: WorkspaceSnapshot },
): PlanStandings {
  if (plans.length === 0) return { standing: new Set(), unread: new Set() };
  const readable = new Set(snapshot.sources.filter(({ status }) => status === "ok").map(({ id }) => id));
  const gaps = new Set(graph.gaps.map(({ ref }) => ref));
  const credentials = new Map(snapshot.credentials.map((credential) => [credential.ref, credential]));
  const idsWhere = (holds: (plan: StoredPlan["plan"]) => boolean): ReadonlySet<string> =>
    new Set(plans.flatMap(({ taskId, plan }) => (holds(plan) ? [taskId] : [])));
  return {
    standing: idsWhere(
      ({ check, asOf }) =>
        standingEdges(graph, check.edges).length > 0 || check.rotations.some((ref) => isAsOld(credentials.get(ref), asOf)),
    ),
    unread: idsWhere(({ check, sourceIds }) => !sourceIds.every((id) => readable.has(id)) || check.refs.some((ref) => gaps.has(ref))),
  };
}

/** A credential that is gone is as good as rotated; one of unknown age is not. */
function isAsOld(credential: Credential | undefined, asOf: string): boolean {
  if (credential === undefined) return false;
  const dates = ["lastRotatedAt", "createdAt"].flatMap((name) => {
    const fact = credential.facts[name];
    return fact !== undefined && "known" in fact && typeof fact.known === "string" ? [Date.parse(fact.known)] : [];
  });
  return dates.every((date) => date <= Date.parse(asOf));
}
