"use client";

import { useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";
import type { Report } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";
import { SeverityMark } from "@/ui/severity.tsx";
import { Failure } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";

const stateWord: Readonly<Record<Report["state"], string>> = {
  open: "open",
  resolved: "resolved there",
  suppressed: "suppressed there",
  passed: "check passed",
};

function ReportItem({ report }: { report: Report }) {
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <div className="flex items-center gap-2">
        {report.severity === null ? null : (
          <>
            <SeverityMark severity={report.severity} />
            <span className="sr-only">{report.severity}: </span>
          </>
        )}
        <span className="min-w-0 flex-1 wrap-anywhere">
          <bdi>{report.title}</bdi>
        </span>
        <span className="shrink-0 text-sm text-ink-2">{stateWord[report.state]}</span>
      </div>
      <p className="text-xs text-ink-3">
        <bdi>{report.tool}</bdi>
        {report.rule === null ? null : (
          <>
            {" "}
            (<bdi>{report.rule}</bdi>)
          </>
        )}
        , <RelativeTime instant={report.lastSeenAt ?? report.observedAt} />
      </p>
      {report.advice === null || report.state !== "open" ? null : (
        <p className="measure mt-1 text-sm wrap-anywhere">
          <bdi>{report.advice}</bdi>
        </p>
      )}
    </li>
  );
}

/** What other tools say about an identity; nothing at all when none says anything. */
export function ReportedByOthers({ identityId }: { identityId: string }) {
  const client = useTRPCClient();
  const {
    query,
    rows: reports,
    more,
  } = usePages({
    key: ["reports", "list", identityId],
    ask: (from, options) => client.reports.list.query({ filter: { identityId }, limit: 50, ...from }, options),
  });
  if (query.isError) return <Failure what="Findings of other tools" error={query.error} onRetry={() => void query.refetch()} />;
  if (reports.length === 0) return null;
  return (
    <Section title="Found by other tools">
      <p className="measure text-sm text-ink-3">As they said it, with their severity. It changes no score here.</p>
      <ul>
        {reports.map((report) => (
          <ReportItem key={`${report.sourceId} ${report.ref}`} report={report} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button disabled={query.isFetchingNextPage} onClick={more}>
          More of them
        </Button>
      ) : null}
    </Section>
  );
}
