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
  /** How many there are, where that is known before they are: what stands below them stays where it is when they come. */
  readonly expected?: number;
  readonly onOpenSubject?: (identityId: string) => void;
}

/** A closed finding with its line, which the last one has not, and the button for more of them, in rem. */
const ROW = 2.3125;
const LINE = 0.0625;
const MORE = 2.75;

function RowsSkeleton({ expected, pageSize }: { expected: number; pageSize: number }) {
  const height = Math.min(expected, pageSize) * ROW - LINE + (expected > pageSize ? MORE : 0);
  return (
    <div role="status" aria-label="Loading findings" className="overflow-hidden" style={{ height: `${height}rem` }}>
      {Array.from({ length: Math.min(expected, pageSize) }, (_, index) => (
        <div key={index} className="flex items-center border-b border-line" style={{ height: `${ROW}rem` }}>
          <Skeleton className="ml-6 h-3 w-64 max-w-[50%]" />
        </div>
      ))}
    </div>
  );
}

/** The findings of a filter, a page at a time. */
export function FindingRows({ filter, pageSize, expected = 3, onOpenSubject }: FindingRowsProps) {
  const client = useTRPCClient();
  const { query, rows, first, more } = usePages({
    key: ["findings", "rows", filter, pageSize],
    ask: (from, options) => client.findings.list.query({ filter, limit: pageSize, ...from }, options),
  });
  if (query.isError) return <Failure what="The findings" error={query.error} onRetry={() => void query.refetch()} />;
  if (first === null) return <RowsSkeleton expected={expected} pageSize={pageSize} />;
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
