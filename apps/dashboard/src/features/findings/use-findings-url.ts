"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { FindingFilter } from "@/api/views.ts";
import { SEVERITIES } from "@/ui/severity.tsx";

const parsers = {
  q: parseAsString.withDefault(""),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  state: parseAsStringLiteral(["open", "resolved", "any"] as const).withDefault("open"),
  environment: parseAsArrayOf(parseAsString).withDefault([]),
  provider: parseAsArrayOf(parseAsString).withDefault([]),
  control: parseAsString,
  /** First seen, or resolved, since then. */
  since: parseAsString,
  /** Rules that found something, or rules that could not be answered for somebody. */
  show: parseAsStringLiteral(["found", "unknown"] as const).withDefault("found"),
  rule: parseAsString,
  identity: parseAsString,
};

export function useFindingsUrl() {
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  const filter = useMemo(
    (): FindingFilter => ({
      ...(url.state === "any" ? {} : { state: url.state }),
      ...(url.q.trim() ? { search: url.q.trim() } : {}),
      ...(url.severity.length > 0 ? { severity: url.severity } : {}),
      ...(url.environment.length > 0 ? { environment: url.environment } : {}),
      ...(url.provider.length > 0 ? { provider: url.provider } : {}),
      ...(url.control ? { control: url.control } : {}),
      ...(url.since ? { since: url.since } : {}),
    }),
    [url],
  );
  const filtered = Object.keys(filter).some((key) => key !== "state");
  const clear = () => void setUrl({ q: null, severity: null, state: null, environment: null, provider: null, control: null, since: null });
  // One entry of the history for a search however many letters it took; every other choice can be taken back by going back.
  const search = (q: string) => void setUrl({ q: q || null }, { history: "replace" });
  return { url, setUrl, search, filter, filtered, clear };
}
