"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/api/trpc.ts";
import type { ChangeRow } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Empty, Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";

function Change({ change }: { change: ChangeRow }) {
  return (
    <li className="grid grid-cols-[112px_1fr] gap-4 border-b border-line py-2 last:border-b-0">
      <RelativeTime instant={change.at} className="text-sm text-ink-3" />
      <div className="min-w-0">
        <p>
          {word(change.what)} {change.field ? <span className="font-mono text-xs text-ink-3">{change.field}</span> : null}
        </p>
        {change.before !== null || change.after !== null ? (
          <p className="text-sm break-words text-ink-2">
            <bdi>{change.before ?? "nothing"}</bdi>
            <span aria-label="to" className="px-1.5 text-ink-3">
              {"\u2192"}
            </span>
            <bdi className="font-medium text-ink">{change.after ?? "nothing"}</bdi>
          </p>
        ) : null}
        <p className="text-xs text-ink-3">{change.actor === "sync" ? "Read by a sync" : <bdi>{change.actor}</bdi>}</p>
      </div>
    </li>
  );
}

export function HistoryTab({ id }: { id: string }) {
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: ["identities", "history", id],
    queryFn: ({ pageParam, signal }) =>
      client.identities.history.query({ id, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (query.isError) return <Failure what="The history" error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-64" />;
  const changes = query.data.pages.flatMap((page) => page.items);
  if (changes.length === 0) return <Empty title="Nothing has changed since it was first seen" className="px-0" />;
  return (
    <div>
      <ol>
        {changes.map((change, index) => (
          <Change key={`${change.at} ${index}`} change={change} />
        ))}
      </ol>
      {query.hasNextPage ? <Button onClick={() => void query.fetchNextPage()}>Earlier changes</Button> : null}
    </div>
  );
}
