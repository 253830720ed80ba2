"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC, useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";
import { useSession } from "@/features/shell/use-session.ts";
import { Button, DownloadLink } from "@/ui/button.tsx";
import { formatCount, formatDate } from "@/ui/format.ts";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Empty, Failure, FilteredAway, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditRowItem } from "./audit-row-item.tsx";
import { useAuditUrl } from "./use-audit-url.ts";

/** Who did what, newest first. Rows cannot be changed, nor removed before their time; the chain behind them is verified on the command line. */
export function AuditPage() {
  const role = useSession()?.role;
  const audit = useAuditUrl();
  return (
    <Page className="mx-0 max-w-4xl">
      <p className="mb-3 text-sm">
        <Link href="/settings" className="data-link text-ink-3">
          Settings
        </Link>
      </p>
      <PageTitle
        title="Audit log"
        note={
          <>
            Each row carries the hash of the one before it. <code className="font-mono text-sm">./rollcall audit verify</code> recomputes
            the chain and compares it with the signed checkpoints.
          </>
        }
      >
        <DownloadLink href={audit.csvHref}>Export CSV</DownloadLink>
      </PageTitle>
      {role === undefined ? <Skeleton className="h-96" /> : null}
      {role === "analyst" || role === "owner" ? (
        <Empty title="Admins and auditors read the audit log" className="px-0">
          Your role here is {role}. Ask an admin when you need to know who did something.
        </Empty>
      ) : null}
      {role === "admin" || role === "auditor" ? <AuditRows audit={audit} /> : null}
    </Page>
  );
}

/** Where the list ends because older rows were removed, it says so. */
function Pruned() {
  const trpc = useTRPC();
  const last = useQuery(trpc.audit.segments.queryOptions()).data?.items.at(-1);
  if (last === undefined) return null;
  return (
    <p className="mt-4 text-sm text-ink-2">
      Earlier rows, up to number {formatCount(last.lastSeq)} of {formatDate(last.lastAt)}, were pruned{" "}
      <RelativeTime instant={last.prunedAt} />. The signed ends of what is gone are kept, so the chain still verifies.
    </p>
  );
}

function AuditRows({ audit }: { audit: ReturnType<typeof useAuditUrl> }) {
  const client = useTRPCClient();
  const { url, setUrl, filter } = audit;
  const { query, rows, more } = usePages({
    key: ["audit", "list", filter],
    ask: (from, options) => client.audit.list.query({ filter, limit: 50, ...from }, options),
  });
  const actorName = rows.find((row) => row.actorId === url.actor)?.actorName ?? null;
  return (
    <>
      <AuditFilters url={url} setUrl={setUrl} actorName={actorName} />
      {query.isError ? <Failure what="The audit log" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-96" /> : null}
      {query.data && rows.length === 0 ? <FilteredAway what="rows" onClear={() => void setUrl(null)} /> : null}
      <ol aria-label="Audit log">
        {rows.map((row) => (
          <AuditRowItem key={row.seq} row={row} onActor={(actor) => void setUrl({ actor })} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button className="mt-4" disabled={query.isFetchingNextPage} onClick={more}>
          Earlier rows
        </Button>
      ) : (
        <Pruned />
      )}
    </>
  );
}
