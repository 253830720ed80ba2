"use client";

import { useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";
import type { ChangeRow } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Empty, Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";

function Change({ change, sourceName }: { change: ChangeRow; sourceName: string }) {
  return (
    <li className="grid grid-cols-[112px_1fr] gap-4 border-b border-line py-2 last:border-b-0">
      <RelativeTime instant={change.at} className="text-sm text-ink-3" />
      <div className="min-w-0">
        <p className="measure wrap-anywhere">{change.sentence}</p>
        <p className="text-xs text-ink-3">
          {change.actor === "sync" ? (
            <>
              Read from <bdi>{sourceName}</bdi>
            </>
          ) : (
            <bdi>{change.actor}</bdi>
          )}
        </p>
      </div>
    </li>
  );
}

export function HistoryTab({ id }: { id: string }) {
  const client = useTRPCClient();
  const {
    query,
    rows: changes,
    first,
    more,
  } = usePages({
    key: ["identities", "history", id],
    ask: (from, options) => client.identities.history.query({ id, limit: 50, ...from }, options),
  });
  if (query.isError) return <Failure what="The history" error={query.error} onRetry={() => void query.refetch()} />;
  if (first === null) return <Skeleton className="h-64" />;
  if (changes.length === 0) return <Empty title="Nothing has changed since it was first seen" className="px-0" />;
  return (
    <div>
      <ol>
        {changes.map((change, index) => (
          <Change key={`${change.at} ${index}`} change={change} sourceName={first.sourceName} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button disabled={query.isFetchingNextPage} onClick={more}>
          Earlier changes
        </Button>
      ) : null}
    </div>
  );
}
