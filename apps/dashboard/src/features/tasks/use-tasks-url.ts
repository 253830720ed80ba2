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
  q: parseAsString.withDefault(""),
  task: parseAsString,
};

export function useTasksUrl() {
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  const filter = useMemo(
    (): TaskFilter => ({
      queue: url.queue,
      state: [...STATES[url.show]],
      ...(url.severity.length > 0 ? { severity: url.severity } : {}),
      ...(url.q.trim() ? { search: url.q.trim() } : {}),
    }),
    [url.queue, url.show, url.severity, url.q],
  );
  return { url, setUrl, filter };
}
