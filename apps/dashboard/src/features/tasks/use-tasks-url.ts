"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { TaskFilter } from "@/api/views.ts";
import { SEVERITIES } from "@/ui/severity.tsx";

export const QUEUES = ["mine", "unassigned", "all"] as const;
export const SHOWN = ["open", "waiting", "closed"] as const;

const STATES: Readonly<Record<(typeof SHOWN)[number], readonly string[]>> = {
  open: ["open", "reopened", "claimed", "in_progress", "verifying"],
  waiting: ["snoozed", "exception"],
  closed: ["done", "false_positive"],
};

const parsers = {
  queue: parseAsStringLiteral(QUEUES).withDefault("mine"),
  show: parseAsStringLiteral(SHOWN).withDefault("open"),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  /** The two narrower views that figures of the posture page lead to. */
  overdue: parseAsStringLiteral(["1"] as const),
  state: parseAsStringLiteral(["exception"] as const),
  /** Tasks that carry a plan, where the choke points lead. */
  of: parseAsStringLiteral(["plans"] as const),
  q: parseAsString.withDefault(""),
  task: parseAsString,
};

/** Overdue ones are counted over everything unfinished, snoozed ones included. */
function statesOf({ show, overdue, state }: { show: (typeof SHOWN)[number]; overdue: "1" | null; state: "exception" | null }): TaskFilter {
  if (overdue !== null) return { overdue: true };
  return { state: state === null ? [...STATES[show]] : [state] };
}

export function useTasksUrl() {
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  const filter = useMemo(
    (): TaskFilter => ({
      queue: url.queue,
      ...statesOf(url),
      ...(url.of === "plans" ? { playbook: ["plan" as const] } : {}),
      ...(url.severity.length > 0 ? { severity: url.severity } : {}),
      ...(url.q.trim() ? { search: url.q.trim() } : {}),
    }),
    [url],
  );
  // One entry of the history for a search however many letters it took; every other choice can be taken back by going back.
  const search = (q: string) => void setUrl({ q: q || null }, { history: "replace" });
  return { url, setUrl, search, filter };
}
