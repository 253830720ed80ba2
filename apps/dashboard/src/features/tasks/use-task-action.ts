"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { TaskAction, TaskDetail } from "@/api/views.ts";
import { errorWords } from "@/ui/error-words.ts";
import { wordsOf } from "./task-events.ts";
import { TASK_ROWS_KEY } from "./use-task-rows.ts";

/** Does what a person decided, says so, and offers to take it back where it can be. */
export function useTaskAction() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settle = (task: TaskDetail) => {
    queryClient.setQueryData(trpc.tasks.get.queryKey({ id: task.id }), task);
    void queryClient.invalidateQueries({ queryKey: TASK_ROWS_KEY });
    void queryClient.invalidateQueries(trpc.identities.get.queryFilter({ id: task.subjectId }));
  };
  const act = useMutation(
    trpc.tasks.act.mutationOptions({
      onSuccess: (task, action: TaskAction) => {
        settle(task);
        const words = wordsOf(action.event);
        const undo = words?.undo ?? null;
        toast(words?.done ?? "Done", {
          description: task.title,
          ...(undo ? { action: { label: "Undo", onClick: () => act.mutate({ id: task.id, version: task.version, event: undo }) } } : {}),
        });
      },
      onError: (error, action) => {
        toast.error(errorWords(error));
        void queryClient.invalidateQueries(trpc.tasks.get.queryFilter({ id: action.id }));
        void queryClient.invalidateQueries({ queryKey: TASK_ROWS_KEY });
      },
    }),
  );
  const comment = useMutation(
    trpc.tasks.comment.mutationOptions({ onSuccess: settle, onError: (error) => toast.error(errorWords(error)) }),
  );
  return { act, comment };
}
