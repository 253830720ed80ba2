"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { toast } from "sonner";
import { useTRPC, type Inputs } from "@/api/trpc.ts";
import type { PlanChange } from "@/api/views.ts";
import { TASK_ROWS_KEY } from "@/features/tasks/use-task-rows.ts";
import { errorWords } from "@/ui/error-words.ts";

export interface PlanOfTask {
  readonly changes: readonly PlanChange[];
  readonly focus: string | null;
}

export const taskHref = (id: string): string => `/tasks?queue=all&task=${id}`;

const input = ({ changes, focus }: PlanOfTask): Inputs["tasks"]["openPlan"] => ({
  changes: changes as Inputs["tasks"]["openPlan"]["changes"],
  focus: focus === "" ? null : focus,
});

/** Makes a task of a plan and takes it back; each offers the other as Undo. */
export function usePlanTask() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settled = () => {
    void queryClient.invalidateQueries({ queryKey: TASK_ROWS_KEY });
    void queryClient.invalidateQueries(trpc.tasks.list.pathFilter());
    void queryClient.invalidateQueries(trpc.identities.get.pathFilter());
  };
  const fail = (error: unknown) => void toast.error(errorWords(error));
  const withdraw = useMutation(trpc.tasks.withdrawPlan.mutationOptions({ onSettled: settled, onError: fail }));
  const open = useMutation(
    trpc.tasks.openPlan.mutationOptions({
      onSettled: settled,
      onError: fail,
      onSuccess: ({ taskId, opened }) =>
        void toast(
          <span>
            {opened ? "The plan is a task now." : "These steps are a task already."}{" "}
            <Link href={taskHref(taskId)} className="text-accent underline underline-offset-3">
              Look at it
            </Link>
          </span>,
          opened ? { action: { label: "Undo", onClick: () => withdraw.mutate({ id: taskId, version: 1 }) } } : {},
        ),
    }),
  );
  return {
    pending: open.isPending || withdraw.isPending,
    openTask: (plan: PlanOfTask, done?: () => void) => open.mutate(input(plan), { onSuccess: done }),
    withdrawTask: ({ id, version }: { readonly id: string; readonly version: number }, plan: PlanOfTask, done: () => void) =>
      withdraw.mutate(
        { id, version },
        {
          onSuccess: () => {
            done();
            toast("Withdrawn: nobody is asked to do this", { action: { label: "Undo", onClick: () => open.mutate(input(plan)) } });
          },
        },
      ),
  };
}
