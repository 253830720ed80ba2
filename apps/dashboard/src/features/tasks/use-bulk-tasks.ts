"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC, type Inputs } from "@/api/trpc.ts";
import type { TaskFilter, TaskRow } from "@/api/views.ts";
import type { BulkOutcome } from "@/ui/bulk-result.tsx";
import { plural } from "@/ui/format.ts";
import type { Selection } from "@/ui/use-selection.ts";
import { errorWords } from "@/ui/error-words.ts";
import { wordsOf } from "./task-events.ts";
import { TASK_ROWS_KEY } from "./use-task-rows.ts";

type Bulk = Inputs["tasks"]["bulk"];
export type BulkAction = Pick<Bulk, "event" | "until" | "assigneeId">;

const UNDO_MS = 10_000;

/** What takes an action on several back, if anything does. Who had what before is known for rows only, not for a whole filter. */
function reversal(action: BulkAction, selection: Selection<TaskRow>): BulkAction | null {
  if (selection.everything) return null;
  const rows = [...selection.chosen.values()];
  if (action.event === "assign") return rows.every((row) => row.assigneeId === null) ? { event: "assign", assigneeId: null } : null;
  const undo = wordsOf(action.event)?.undo ?? null;
  return undo === null ? null : { event: undo };
}

interface BulkOptions {
  readonly selection: Selection<TaskRow>;
  readonly filter: TaskFilter;
  readonly onDone: (outcome: BulkOutcome) => void;
}

/** One action for all that is selected. Each task is judged by itself; what was refused comes back with why. */
export function useBulkTasks({ selection, filter, onDone }: BulkOptions) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: TASK_ROWS_KEY });
    void queryClient.invalidateQueries(trpc.tasks.get.pathFilter());
    void queryClient.invalidateQueries(trpc.identities.get.pathFilter());
  };
  const restore = useMutation(trpc.tasks.bulk.mutationOptions({ onSettled: refresh, onError: (error) => toast.error(errorWords(error)) }));
  const bulk = useMutation(
    trpc.tasks.bulk.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast.error(errorWords(error)),
      onSuccess: (outcome, sent) => {
        const refused = new Set(outcome.refused.map(({ id }) => id));
        const back = reversal(sent, selection);
        const ids = sent.ids?.filter((id) => !refused.has(id)) ?? [];
        if (outcome.done > 0) {
          toast(`${wordsOf(sent.event)?.done ?? "Done"}: ${plural(outcome.done, "task")}`, {
            duration: UNDO_MS,
            ...(back === null || ids.length === 0 ? {} : { action: { label: "Undo", onClick: () => restore.mutate({ ids, ...back }) } }),
          });
        }
        onDone(outcome);
      },
    }),
  );
  const targets = selection.everything ? { filter } : { ids: [...selection.chosen.keys()] };
  return { pending: bulk.isPending, run: (action: BulkAction) => bulk.mutate({ ...action, ...targets }) };
}
