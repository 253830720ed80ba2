"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC, type Inputs } from "@/api/trpc.ts";
import type { Picture } from "@/api/views.ts";
import type { GraphState } from "../graph-state.ts";
import type { Plan } from "./use-plan.ts";

interface Looking {
  readonly state: GraphState;
  readonly plan: Plan;
  readonly show: readonly string[];
}

/** The answer to the plan, and the picture as it would be; null while there is no plan. */
export function useWhatIf(node: string, { state, plan, show }: Looking) {
  const trpc = useTRPC();
  const planned = plan.changes.length > 0 && plan.allowed && state.view === "out";
  const query = useQuery(
    trpc.graph.whatIf.queryOptions(
      { changes: plan.changes as Inputs["graph"]["whatIf"]["changes"], focus: node, open: [...state.open], show: [...show] },
      { enabled: planned, placeholderData: keepPreviousData },
    ),
  );
  const focus = planned ? query.data?.focus : undefined;
  const after: Picture | null = !focus
    ? null
    : (focus.picture ?? { root: focus.node, direction: "out", units: [], links: [], nodes: 0, longestHop: 0 });
  return { query, after, planned };
}
