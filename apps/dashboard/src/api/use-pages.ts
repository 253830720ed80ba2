"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

interface PageOfRows {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

interface PagesQuestion<Page extends PageOfRows> {
  /** Names the question in the cache; everything the answer depends on belongs in it. */
  readonly key: readonly unknown[];
  /** Asked directly and not through the query proxy, whose infinite queries own the words `cursor` and `direction`. */
  readonly ask: (from: { readonly cursor?: string }, options: { readonly signal: AbortSignal }) => Promise<Page>;
  /** Go on showing the rows of the last question until the first page of this one is there. */
  readonly keepPrevious?: boolean;
}

const none: readonly never[] = [];

/** A list by keyset, page after page. `more` asks for the next page and may be called as often as a scroll position changes. */
export function usePages<Page extends PageOfRows>({ key, ask, keepPrevious = false }: PagesQuestion<Page>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => ask(pageParam === "" ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
  const rows: Page["items"] = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? none, [query.data]);
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  return { query, rows, first: query.data?.pages[0] ?? null, more };
}
