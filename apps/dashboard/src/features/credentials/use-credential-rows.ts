"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTRPCClient, type Inputs } from "@/api/trpc.ts";
import type { Credential } from "@/api/views.ts";

export type CredentialFilter = NonNullable<Inputs["credentials"]["list"]["filter"]>;

const PAGE_SIZE = 200;
const NONE: readonly Credential[] = [];

export function useCredentialRows(filter: CredentialFilter) {
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: ["credentials", "rows", filter],
    queryFn: ({ pageParam, signal }) =>
      client.credentials.list.query({ filter, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => (query.data ? query.data.pages.flatMap((page) => page.items) : NONE), [query.data]);
  const { fetchNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [fetchNextPage, isFetching]);
  return { query, rows, more };
}
