import { whatIf } from "@rollcall/access-graph";
import type { AccessGraph, Change, WhatIfResult } from "@rollcall/access-graph";
import type { WhatIfView } from "../ports/graph-views.ts";
import { assertNarrows } from "./answer-policy.ts";
import { changeTitle } from "./change-title.ts";
import { nodeNumber, nodeView } from "./node-view.ts";
import { picture } from "./picture.ts";
import { planId } from "./plan-id.ts";
import { worldFor } from "./plan-world.ts";
import type { PlanWorld } from "./plan-world.ts";
import type { PictureOptions } from "./picture.ts";
import { reachTree } from "./reach-tree.ts";
import { scoreIn } from "./score-in.ts";
import { sourcesBehind } from "./source-lags.ts";

const shownRows = 100;

export interface WhatIfInput extends PictureOptions {
  readonly changes: readonly Change[];
  /** Whose reach is compared; null = the workspace alone. */
  readonly focus: string | null;
}

export type WhatIfAnswer = Omit<WhatIfView, "version">;

/** What a plan would do: to one node, to everybody who loses something, and to the risk of the whole workspace. */
export const answerWhatIf = (stored: PlanWorld, input: WhatIfInput): WhatIfAnswer => planEffect(stored, input).answer;

interface PlanEffect {
  readonly answer: WhatIfAnswer;
  /** What the plan was tried on. */
  readonly world: PlanWorld;
  readonly after: AccessGraph;
}

/** The answer with the graphs before and after, for whoever has more to ask of them. */
export function planEffect(stored: PlanWorld, input: WhatIfInput): PlanEffect {
  const world = worldFor(stored, input.changes);
  const { graph, snapshot, inventory, entries, asOf } = world;
  assertNarrows(snapshot, input.changes);
  const focus = input.focus === null ? null : nodeNumber(graph, input.focus);
  const result = whatIf(graph, input.changes, {
    entries,
    inventory,
    usage: snapshot.usage,
    asOf,
    ...(focus === null ? {} : { focus: graph.nodes[focus]!.key }),
  });
  const view = (key: string) => nodeView(graph.nodes[graph.indexByKey.get(key)!]!);
  const { before, after } = result.risk;
  const total = before.min > 0 ? before.min : before.max;
  const cut = before.min > 0 ? before.min - after.min : before.max - after.max;
  const answer: WhatIfAnswer = {
    planId: planId(input.changes),
    steps: input.changes.map((change) => ({ change, title: changeTitle(change, { graph, snapshot }) })),
    inexact: result.inexact,
    atLeast: result.atLeast || mayBeHidden(world, focus),
    risk: result.risk,
    riskCutPct: total === 0 ? 0 : Math.round((1000 * cut) / total) / 10,
    focus: focus === null ? null : focusView(world, { result, focus, input }),
    broken: result.broken.slice(0, shownRows).map(({ node, edges, used, lastUsedAt }) => ({ node: view(node), edges, used, lastUsedAt })),
    brokenTotal: result.broken.length,
    consumersToUpdate: result.consumersToUpdate.slice(0, shownRows).map(view),
  };
  return { answer, world, after: result.after };
}

/** A source that lags may hide grants of the focus or, when the whole workspace is asked about, of anybody. */
function mayBeHidden({ graph, lags }: PlanWorld, focus: number | null): boolean {
  if (focus === null || lags.length === 0) return lags.length > 0;
  const behind = sourcesBehind(graph, reachTree(graph, focus, "out"));
  return lags.some(({ id }) => behind.has(id));
}

interface FocusQuestion {
  readonly result: WhatIfResult;
  readonly focus: number;
  readonly input: WhatIfInput;
}

function focusView({ graph, snapshot }: PlanWorld, { result, focus, input }: FocusQuestion): WhatIfView["focus"] {
  const { remains, radius, lost, remaining } = result.focus!;
  const node = graph.nodes[focus]!;
  const after = remains ? result.after.indexByKey.get(node.key) : undefined;
  const percent = (value: number): number => (graph.totalWeight === 0 ? 0 : Math.round((1000 * value) / graph.totalWeight) / 10);
  const pct = (bounds: { readonly min: number; readonly max: number }) => ({ min: percent(bounds.min), max: percent(bounds.max) });
  const score = (inGraph: AccessGraph, number: number, changes: readonly Change[]) =>
    node.kind === "identity" && node.entityId !== null
      ? scoreIn(inGraph, snapshot, { identityId: node.entityId, node: number, changes })
      : null;
  const [scoreBefore, scoreAfter] = [score(graph, focus, []), after === undefined ? null : score(result.after, after, input.changes)];
  const view = (key: string) => nodeView(graph.nodes[graph.indexByKey.get(key)!]!);
  return {
    node: nodeView(node),
    remains,
    radius,
    pct: { before: pct(radius.before), after: pct(radius.after) },
    score: scoreBefore === null ? null : { before: scoreBefore, after: scoreAfter ?? { min: 0, max: 0 } },
    lost: lost.slice(0, shownRows).map(({ node: asset, before, after: now }) => ({
      node: view(asset),
      before: before.level,
      after: now?.level ?? null,
      nowConditional: now?.conditional === true && !before.conditional,
    })),
    lostTotal: lost.length,
    outOfReach: lost.filter(({ after: now }) => now === null).length,
    remaining: remaining.slice(0, shownRows).map((asset) => view(asset.node)),
    remainingTotal: remaining.length,
    picture: after === undefined ? null : picture(result.after, reachTree(result.after, after, "out"), input),
  };
}
