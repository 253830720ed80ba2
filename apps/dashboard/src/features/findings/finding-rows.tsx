"use client";

import { useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";
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
  const { query, rows, first, more } = usePages({
    key: ["findings", "rows", filter, pageSize],
    ask: (from, options) => client.findings.list.query({ filter, limit: pageSize, ...from }, options),
  });
  if (query.isError) return <Failure what="The findings" error={query.error} onRetry={() => void query.refetch()} />;
  if (first === null) return <Skeleton className="my-2 h-24" />;
  if (rows.length === 0) return <Empty title="No finding matches" className="px-0 py-4" />;
  return (
    <div>
      <ul>
        {rows.map((finding) => (
          <FindingItem key={finding.id} finding={finding} subjectShown onOpenSubject={onOpenSubject} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="sm" tone="quiet" className="my-2" disabled={query.isFetchingNextPage} onClick={more}>
          Show more, {formatCount(first.total.count - rows.length)} left
        </Button>
      ) : null}
    </div>
  );
}
