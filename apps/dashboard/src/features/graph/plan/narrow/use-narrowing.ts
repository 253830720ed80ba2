"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC, type Inputs } from "@/api/trpc.ts";
import type { NarrowStatement, PlanChange } from "@/api/views.ts";

export interface Narrowing {
  readonly change: NarrowStatement;
  /** The other steps of the plan: the effect is that of all of them. */
  readonly others: readonly PlanChange[];
  readonly focus: string;
}

export const isEmpty = ({ removeActions, removeResources, addConditions }: NarrowStatement): boolean =>
  (removeActions?.length ?? 0) + (removeResources?.length ?? 0) + (addConditions?.length ?? 0) === 0;

/** What would be left of the statement, and what that would do; asked of the server, which has the last word anyway. */
export function useNarrowing({ change, others, focus }: Narrowing) {
  const trpc = useTRPC();
  const empty = isEmpty(change);
  const narrowing = useQuery(trpc.graph.narrowing.queryOptions(change, { enabled: !empty, placeholderData: keepPreviousData }));
  const valid = !empty && narrowing.data?.refusal === null && !narrowing.isPlaceholderData;
  const changes = [...others, change] as Inputs["graph"]["whatIf"]["changes"];
  const effect = useQuery(trpc.graph.whatIf.queryOptions({ changes, focus: focus === "" ? null : focus }, { enabled: valid }));
  return { narrowing, effect, valid };
}
