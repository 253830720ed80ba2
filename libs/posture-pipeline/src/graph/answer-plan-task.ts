import { lostEdges } from "@rollcall/access-graph";
import type { AccessGraph, Change, LostEdges } from "@rollcall/access-graph";
import { AppError } from "@rollcall/platform";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { GraphNodeView } from "../ports/graph-views.ts";
import type { PlanCheck, PlanDraft, PlanSubject } from "../ports/task-plan.ts";
import { planEffect } from "./answer-what-if.ts";
import { refOfKey } from "./node-view.ts";
import { planId } from "./plan-id.ts";
import type { PlanWorld } from "./plan-world.ts";

export interface PlanTaskInput {
  readonly changes: readonly Change[];
  readonly focus: string | null;
}

const subject = ({ key, entityId, label, kind, subkind }: GraphNodeView): PlanSubject => ({ key, entityId, label, kind, subkind });

/** The plan as a task carries it: what to do, what is expected of it, and by what an analysis will tell that it was done. */
export function answerPlanTask(stored: PlanWorld, input: PlanTaskInput): PlanDraft {
  const { answer, world, after } = planEffect(stored, { ...input, open: [], show: [] });
  const { graph, snapshot, asOf } = world;
  const edges = lostEdges(graph, after);
  const rotations = input.changes.flatMap((change) =>
    change.kind === "rotate_credential" && graph.indexByKey.has(change.credential) ? [refOfKey(change.credential)] : [],
  );
  if (edges.total === 0 && rotations.length === 0)
    throw new AppError("invalid_input", "These steps close no way by themselves, so no later sync could tell that they were taken");
  const check = { edges, rotations, refs: readableRefs(graph, touchedRefs(edges, input.changes)) };
  const { focus, steps } = answer;
  const [first, ...others] = steps;
  return {
    planId: planId(input.changes),
    title: others.length === 0 ? first!.title : `${first!.title}, and ${others.length} more`,
    plan: {
      steps,
      focus: focus === null ? null : subject(focus.node),
      risk: answer.risk,
      riskCutPct: answer.riskCutPct,
      focusPct: focus?.pct ?? null,
      focusScore: focus?.score ?? null,
      affected: answer.broken.map(({ node, used, lastUsedAt }) => ({ ...subject(node), used, lastUsedAt })),
      affectedTotal: answer.brokenTotal,
      inexact: answer.inexact,
      atLeast: answer.atLeast,
      edges: edges.total,
      rotations: rotations.length,
      asOf,
      check,
      sourceIds: sourcesOf(snapshot, check),
    },
  };
}

function touchedRefs({ edges }: LostEdges, changes: readonly Change[]): Set<string> {
  const refs = new Set(edges.flatMap(({ from, to }) => [refOfKey(from), refOfKey(to)]));
  for (const change of changes) {
    if (change.kind === "remove_statement" || change.kind === "narrow_statement" || change.kind === "narrow_policy")
      refs.add(change.policy);
    if (change.kind === "rotate_credential" || change.kind === "revoke_credential") refs.add(refOfKey(change.credential));
    if (change.kind === "delete_identity") refs.add(refOfKey(change.identity));
  }
  return refs;
}

/** What could not be read when the plan was made was no reason for its edges, and its absence is none against their being gone. */
function readableRefs({ gaps }: AccessGraph, refs: ReadonlySet<string>): PlanCheck["refs"] {
  const unread = new Set(gaps.map(({ ref }) => ref));
  return [...refs].filter((ref) => !unread.has(ref)).sort();
}

function sourcesOf({ identities, credentials, resources, grants }: WorkspaceSnapshot, { refs, rotations }: PlanCheck): readonly string[] {
  const touched = new Set([...refs, ...rotations]);
  const sources = [identities, credentials, resources].flatMap((rows) =>
    (rows as readonly { readonly ref: string; readonly sourceId: string }[]).flatMap(({ ref, sourceId }) =>
      touched.has(ref) ? [sourceId] : [],
    ),
  );
  const granted = grants.flatMap(({ from, to, sourceId }) => (touched.has(from) && touched.has(to) ? [sourceId] : []));
  return [...new Set([...sources, ...granted])].sort();
}
