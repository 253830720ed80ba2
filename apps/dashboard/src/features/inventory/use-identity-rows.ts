"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTRPCClient } from "@/api/trpc.ts";
import type { IdentityFilter, IdentityRow, IdentitySort } from "@/api/views.ts";

const PAGE_SIZE = 200;
const NONE: readonly IdentityRow[] = [];

interface Ordered {
  readonly filter: IdentityFilter;
  readonly sort: IdentitySort;
  readonly direction: "asc" | "desc";
}

/** Pages by keyset. Asked directly and not through the query proxy, whose infinite queries own the word `direction`. */
export function useIdentityRows(order: Ordered) {
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: ["identities", "rows", order],
    queryFn: ({ pageParam, signal }) =>
      client.identities.list.query({ ...order, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => (query.data ? query.data.pages.flatMap((page) => page.items) : NONE), [query.data]);
  const { fetchNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [fetchNextPage, isFetching]);
  return { query, rows, total: query.data?.pages[0]?.total ?? null, more };
}
