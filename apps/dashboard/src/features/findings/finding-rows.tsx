"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/api/trpc.ts";
import type { FindingFilter } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { Empty, Failure, Skeleton } from "@/ui/states.tsx";
import { FindingItem } from "./finding-item.tsx";

interface FindingRowsProps {
  readonly filter: FindingFilter;
  readonly pageSize: number;
  readonly onOpenSubject?: (identityId: string) => void;
}

/** The findings of a filter, a page at a time. */
export function FindingRows({ filter, pageSize, onOpenSubject }: FindingRowsProps) {
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: ["findings", "rows", filter, pageSize],
    queryFn: ({ pageParam, signal }) =>
      client.findings.list.query({ filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (query.isError) return <Failure what="The findings" error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="my-2 h-24" />;
  const rows = query.data.pages.flatMap((page) => page.items);
  const total = query.data.pages[0]?.total.count ?? rows.length;
  if (rows.length === 0) return <Empty title="No finding matches" className="px-0 py-4" />;
  return (
    <div>
      <ul>
        {rows.map((finding) => (
          <FindingItem key={finding.id} finding={finding} subjectShown onOpenSubject={onOpenSubject} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="sm" tone="quiet" className="my-2" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more, {formatCount(total - rows.length)} left
        </Button>
      ) : null}
    </div>
  );
}
