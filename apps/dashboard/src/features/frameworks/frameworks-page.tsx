"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { CoverageBar, coverageSentence } from "./coverage-bar.tsx";

type Summary = Outputs["frameworks"]["list"][number];

function Statuses({ statuses }: { statuses: Summary["statuses"] }) {
  const parts = [
    statuses.failing > 0 ? `${statuses.failing} failing` : null,
    statuses.at_risk > 0 ? `${statuses.at_risk} at risk` : null,
    statuses.ok > 0 ? `${statuses.ok} without a finding` : null,
    statuses.unknown > 0 ? `${statuses.unknown} unknown` : null,
  ].filter((part) => part !== null);
  return <span>{parts.length > 0 ? parts.join(", ") : "Nothing assessed yet"}</span>;
}

function FrameworkItem({ framework }: { framework: Summary }) {
  const controls = Object.values(framework.summary).reduce((sum, count) => sum + count, 0);
  return (
    <li className="border-b border-line">
      <Link
        href={`/frameworks/${framework.id}`}
        className="grid grid-cols-1 gap-x-8 gap-y-2 py-4 hover:bg-hover sm:px-2 lg:grid-cols-[1fr_minmax(280px,420px)]"
      >
        <span className="min-w-0">
          <span className="block text-lg font-medium">{framework.title}</span>
          <span className="text-sm text-ink-3">
            {framework.publisher}, {framework.version}, {plural(controls, "control")}
          </span>
          <span className="mt-1 block text-sm text-ink-2">
            <Statuses statuses={framework.statuses} />
          </span>
        </span>
        <span className="self-center">
          <CoverageBar summary={framework.summary} />
          <span className="mt-1.5 block text-sm text-ink-3">{coverageSentence(framework.summary)}</span>
        </span>
      </Link>
    </li>
  );
}

export function FrameworksPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.frameworks.list.queryOptions());
  return (
    <Page>
      <PageTitle
        title="Frameworks"
        note="What the checks say about each control, and where they can say nothing. A mapping is evidence for an audit, not its result."
      />
      {query.isError ? <Failure what="The frameworks" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-64" /> : null}
      {query.data ? (
        <ul className="border-t border-line">
          {query.data.map((framework) => (
            <FrameworkItem key={framework.id} framework={framework} />
          ))}
        </ul>
      ) : null}
    </Page>
  );
}
