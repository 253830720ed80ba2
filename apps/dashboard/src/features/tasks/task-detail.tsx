"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { TaskAction, TaskDetail as Task } from "@/api/views.ts";
import { FindingItem } from "@/features/findings/finding-item.tsx";
import { useMay } from "@/features/shell/use-session.ts";
import { formatDate, plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Name } from "@/ui/name.tsx";
import { Section } from "@/ui/page.tsx";
import { QueryFailure } from "@/ui/query-page.tsx";
import { ScoreDrop } from "@/ui/score.tsx";
import { SeverityBadge } from "@/ui/severity.tsx";
import { Partial, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";
import { PlanEffect } from "./plan-effect.tsx";
import { PlanLinks } from "./plan-links.tsx";
import { refusalOf, TaskActions } from "./task-actions.tsx";
import { TaskDialog } from "./task-dialogs.tsx";
import { EVENTS, wordsOf, type TaskEvent } from "./task-events.ts";
import { TaskTimeline } from "./task-timeline.tsx";
import { useTaskAction } from "./use-task-action.ts";

function subjectHref({ plan, subjectKind, subjectId }: Task): string | null {
  if (plan) return plan.focus?.kind === "identity" && plan.focus.entityId !== null ? `/identities/${plan.focus.entityId}` : null;
  return subjectKind === "identity" ? `/identities/${subjectId}` : `/sources#${subjectId}`;
}

function Subject({ task }: { task: Task }) {
  const href = subjectHref(task);
  const name = <Name value={task.subjectName} />;
  return (
    <p className="text-ink-2">
      {task.plan ? "A plan for " : null}
      {href === null ? (
        name
      ) : (
        <Link href={href} className="text-accent underline underline-offset-2">
          {name}
        </Link>
      )}
      {task.plan ? null : <>, last used {task.lastUsedAt ? <RelativeTime instant={task.lastUsedAt} /> : <Unknown label="unknown" />}</>}
    </p>
  );
}

function Head({ task }: { task: Task }) {
  return (
    <header>
      <p className="flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
        <SeverityBadge severity={task.severity} />
        <span>{word(task.state)}</span>
        {task.dueAt ? (
          <span className={task.overdue ? "font-medium text-critical" : undefined}>
            {task.overdue ? "was due" : "due"} <RelativeTime instant={task.dueAt} />
          </span>
        ) : null}
        <span>{task.assigneeName ? <bdi>{task.assigneeName}</bdi> : "Nobody has it yet"}</span>
      </p>
      <h2 className="mt-1 text-xl font-semibold tracking-[-0.01em] break-words">{task.title}</h2>
      <Subject task={task} />
      {task.scoreNow && task.scoreAfter ? (
        <div className="mt-3 flex items-center gap-3 text-sm text-ink-3">
          Score now and after <ScoreDrop from={task.scoreNow} to={task.scoreAfter} />
        </div>
      ) : null}
    </header>
  );
}

function Guidance({ task }: { task: Task }) {
  return (
    <>
      <Section title="Why it matters">
        <p className="measure">{task.why}</p>
      </Section>
      <Section title="What to do">
        <ol className="measure list-decimal space-y-1 pl-5 marker:text-ink-3">
          {task.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <div className="grid grid-cols-1 gap-8 2xl:grid-cols-2">
        <Section title="What can break">
          <p className="measure">{task.breaks}</p>
        </Section>
        <Section title="How it is verified">
          <p className="measure">{task.verify}</p>
        </Section>
      </div>
    </>
  );
}

/** What it waits for, or why it is left as it is. */
function Standing({ task }: { task: Task }) {
  return (
    <>
      {task.state === "verifying" ? (
        <Partial>
          Waiting for a complete sync. It is done when {task.plan ? "what the plan takes out is" : "the findings are"} gone from it, not
          before.
        </Partial>
      ) : null}
      {task.exception ? (
        <Partial>
          Accepted by <bdi>{task.exception.owner}</bdi> until {formatDate(task.exception.expiresAt)}: {task.exception.reason} Meanwhile:{" "}
          {task.exception.compensatingControl}
        </Partial>
      ) : null}
    </>
  );
}

function TaskBody({ task, keys }: { task: Task; keys: boolean }) {
  const { act, comment } = useTaskAction();
  const may = useMay();
  const [asking, setAsking] = useState<TaskEvent | null>(null);
  const run = (detail: Omit<TaskAction, "id" | "version">) => {
    setAsking(null);
    act.mutate({ id: task.id, version: task.version, ...detail });
  };
  const request = (event: TaskEvent) => {
    const refusal = refusalOf(task, event);
    if (refusal !== null) toast(refusal);
    else if (wordsOf(event)?.asks) setAsking(event);
    else run({ event });
  };
  useHotkeys(
    EVENTS.flatMap(({ key }) => (key ? [key] : [])),
    (_event, { keys: held, hotkey }) => {
      const pressed = held?.at(-1) ?? hotkey;
      const words = EVENTS.find(({ key }) => key === pressed);
      if (words && asking === null && may.triage) request(words.event);
    },
    { preventDefault: true, enabled: keys },
  );
  return (
    <article className="flex flex-col gap-8">
      <div className="flex flex-col gap-4">
        <Head task={task} />
        {may.triage ? <TaskActions task={task} pending={act.isPending} onEvent={request} /> : null}
        {task.plan ? <PlanLinks task={task} plan={task.plan} /> : null}
        <Standing task={task} />
      </div>
      <Guidance task={task} />
      {task.plan ? (
        <PlanEffect plan={task.plan} />
      ) : (
        <Section title={`${plural(task.findings.length, "finding")} that this clears`}>
          <ul>
            {task.findings.map((finding) => (
              <FindingItem key={finding.id} finding={finding} subjectShown={false} />
            ))}
          </ul>
        </Section>
      )}
      <TaskTimeline
        task={task}
        mayComment={may.triage}
        pending={comment.isPending}
        onComment={(text) => comment.mutate({ id: task.id, text })}
      />
      <TaskDialog event={asking} task={task} onClose={() => setAsking(null)} onAct={run} />
    </article>
  );
}

/** `keys` is false while the keys are for a selection of tasks. */
export function TaskDetail({ id, keys }: { id: string; keys: boolean }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.tasks.get.queryOptions({ id }));
  if (query.isError) return <QueryFailure what="This task" query={query} />;
  if (!query.data) {
    return (
      <div role="status" aria-label="Loading the task" className="flex flex-col gap-4">
        <Skeleton className="h-5 w-64" />
        <Skeleton className="h-7 w-96 max-w-full" />
        <Skeleton className="h-9 w-80 max-w-full" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  return <TaskBody key={id} task={query.data} keys={keys} />;
}
