"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { WhatIf } from "@/api/views.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Failure, Partial, Skeleton } from "@/ui/states.tsx";
import { BrokenList } from "./broken-list.tsx";
import { Figures } from "./figures.tsx";
import { PlanActions } from "./plan-actions.tsx";
import { PlanSteps } from "./plan-steps.tsx";
import type { Plan } from "./use-plan.ts";

type Query = UseQueryResult<WhatIf, unknown>;

function Focus({ answer }: { answer: WhatIf }) {
  const { focus } = answer;
  if (focus === null) return null;
  if (!focus.remains) return <p className="text-sm">It would be gone.</p>;
  const weaker = focus.lostTotal - focus.outOfReach;
  return (
    <p className="text-sm">
      <strong className="font-semibold">{plural(focus.outOfReach, "asset gets", "assets get")}</strong> out of its reach.{" "}
      {weaker > 0 ? `${plural(weaker, "more is", "more are")} reached with less, or only if a condition holds. ` : ""}
      {focus.remainingTotal === 0
        ? "No sensitive one remains."
        : `${plural(focus.remainingTotal, "sensitive one remains", "sensitive ones remain")} by other ways; the picture shows which.`}
    </p>
  );
}

function Open({ answer }: { answer: WhatIf }) {
  if (answer.inexact.length === 0 && !answer.atLeast) return null;
  return (
    <Partial>
      {answer.inexact.length > 0 ? <p>{answer.inexact.join("; ")}.</p> : null}
      {answer.atLeast ? <p>Grants that were not read, or not lately, may add to what remains.</p> : null}
    </Partial>
  );
}

/** What the plan would do: figures, what is lost, what breaks. Nothing is changed by looking. */
export function PlanPanel({ plan, query, node }: { plan: Plan; query: Query; node: string }) {
  const answer = query.data;
  return (
    <section
      aria-label="What if"
      className="rounded-lg border border-line bg-sunken/60 p-4 max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0"
    >
      <PlanSteps plan={plan} titles={answer?.steps.map((step) => step.title) ?? []} node={node} />
      <div className="mt-4 flex flex-col gap-4" aria-live="polite" aria-busy={query.isFetching}>
        {query.isError ? (
          <Failure what="The plan" error={query.error} onRetry={() => void query.refetch()} />
        ) : answer === undefined ? (
          <Skeleton className="h-48" />
        ) : (
          <>
            <Figures answer={answer} />
            <Focus answer={answer} />
            <BrokenList answer={answer} />
            {answer.consumersToUpdate.length > 0 ? (
              <p className="text-sm text-ink-2">
                {formatCount(answer.consumersToUpdate.length)} need the new value:{" "}
                {answer.consumersToUpdate
                  .slice(0, 5)
                  .map((each) => each.label)
                  .join(", ")}
                {answer.consumersToUpdate.length > 5 ? " and others" : ""}.
              </p>
            ) : null}
            <Open answer={answer} />
            <PlanActions answer={answer} node={node} plan={plan} />
          </>
        )}
      </div>
    </section>
  );
}
