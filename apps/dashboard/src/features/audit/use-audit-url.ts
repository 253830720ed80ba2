"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { AuditFilter } from "@/api/views.ts";

const parsers = {
  action: parseAsString.withDefault(""),
  actor: parseAsString.withDefault(""),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
};
const day = /^\d{4}-\d{2}-\d{2}$/;
const startOf = (text: string, plusDays: number): string => new Date(Date.parse(`${text}T00:00:00Z`) + plusDays * 86_400_000).toISOString();

/** Days are UTC, as the log's times are; the last day counts to its end. */
export function useAuditUrl() {
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  const filter = useMemo(
    (): AuditFilter => ({
      ...(url.action ? { action: url.action } : {}),
      ...(url.actor ? { actorId: url.actor } : {}),
      ...(day.test(url.from) ? { from: startOf(url.from, 0) } : {}),
      ...(day.test(url.to) ? { to: startOf(url.to, 1) } : {}),
    }),
    [url],
  );
  const csvHref = `/api/v1/audit?${new URLSearchParams({ format: "csv", ...(filter as Record<string, string>) }).toString()}`;
  return { url, setUrl, filter, csvHref };
}
