"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import { formatInterval } from "@/ui/format.ts";
import { PageTitle } from "@/ui/page.tsx";
import { SearchField } from "@/ui/search-field.tsx";
import { Empty, Failure, Skeleton } from "@/ui/states.tsx";
import { word } from "@/ui/words.ts";
import { graphHref } from "./graph-state.ts";

/** Where to begin, when the address names no node: those that reach most. */
export function StartPicker() {
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const query = useQuery(
    trpc.identities.list.queryOptions(
      { filter: search ? { search } : {}, sort: "blast", direction: "desc", limit: 20 },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <>
      <PageTitle
        title="Blast radius"
        note="What could somebody reach who holds this identity? Pick one; those that reach most come first."
      />
      <div className="mb-3 flex">
        <SearchField label="Find an identity" placeholder="Find an identity" value={search} onChange={setSearch} />
      </div>
      {query.isError ? (
        <Failure what="The identities" error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-96" />
      ) : query.data.items.length === 0 ? (
        <Empty title={search ? "Nothing by that name" : "No identity is known yet"} />
      ) : (
        <ul className="max-w-3xl border-t border-line">
          {query.data.items.map((row) => (
            <li key={row.id} className="border-b border-line">
              <Link href={graphHref(row.id)} className="flex min-h-11 items-center gap-4 px-2 py-1.5 hover:bg-hover">
                <span className="min-w-0 flex-1">
                  <bdi className="block truncate font-medium">{row.name}</bdi>
                  <span className="block truncate text-xs text-ink-3">
                    {word(row.kind)}, {word(row.provider)}
                    {row.environment ? `, ${word(row.environment).toLowerCase()}` : ""}
                    {row.account ? (
                      <>
                        , <bdi>{row.account}</bdi>
                      </>
                    ) : null}
                  </span>
                </span>
                <span className="text-sm whitespace-nowrap">{formatInterval(row.blastPct)} % of everything</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
