"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { IdentityFilter } from "@/api/views.ts";
import { ALL_LENSES } from "./lenses.ts";

const words = parseAsArrayOf(parseAsString).withDefault([]);
const BANDS = ["critical", "high", "medium", "low"] as const;
const SORTS = ["score", "name", "age", "last_used", "blast", "findings"] as const;

const parsers = {
  q: parseAsString.withDefault(""),
  lens: parseAsArrayOf(parseAsStringLiteral(ALL_LENSES)).withDefault([]),
  kind: words,
  provider: words,
  account: words,
  environment: words,
  band: parseAsArrayOf(parseAsStringLiteral(BANDS)).withDefault([]),
  lifecycle: words,
  source: words,
  owner: words,
  rule: words,
  /** First seen since then. */
  since: parseAsString,
  sort: parseAsStringLiteral(SORTS).withDefault("score"),
  direction: parseAsStringLiteral(["asc", "desc"] as const).withDefault("desc"),
  identity: parseAsString,
};

export const FACET_FIELDS = ["kind", "provider", "account", "environment", "band", "lifecycle", "source", "owner"] as const;

/** The address is the one place where the view's state lives; reload, back and a shared link give the same view. */
export function useInventoryUrl() {
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  const filter = useMemo((): IdentityFilter => {
    const { q, since, sort: _sort, direction: _direction, identity: _identity, ...lists } = url;
    const chosen = Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
    return { ...chosen, ...(q.trim() ? { search: q.trim() } : {}), ...(since ? { since } : {}) };
  }, [url]);
  const filtered = Object.keys(filter).length > 0;
  const clear = () =>
    void setUrl({
      q: null,
      lens: null,
      kind: null,
      provider: null,
      account: null,
      environment: null,
      band: null,
      lifecycle: null,
      source: null,
      owner: null,
      rule: null,
      since: null,
    });
  // One entry of the history for a search however many letters it took; every other choice can be taken back by going back.
  const search = (q: string) => void setUrl({ q: q || null }, { history: "replace" });
  return { url, setUrl, search, filter, filtered, clear };
}
