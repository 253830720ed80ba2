"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Source } from "@/api/views.ts";
import { useMay, useSession } from "@/features/shell/use-session.ts";
import { ButtonLink } from "@/ui/button.tsx";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Page, PageTitle, Section } from "@/ui/page.tsx";
import { Empty, Failure } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";
import { FileNames } from "./file-names.tsx";
import { PullsSection } from "./pulls/pulls-section.tsx";
import { RemoveDemo } from "./remove-demo.tsx";
import { RemoveSourceDialog } from "./remove-source-dialog.tsx";
import { SourceItem } from "./source-item.tsx";
import { isRunning } from "./use-ingestion.ts";

function RecentImports() {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.ingestions.list.queryOptions(
      { limit: 10 },
      { refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 1_000 : false) },
    ),
  );
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Section title="Recent imports">
      <ul>
        {query.data.items.map((ingestion) => (
          <li key={ingestion.id} className="border-b border-line last:border-b-0">
            <Link
              href={`/sources/imports/${ingestion.id}`}
              className="flex min-h-9 flex-wrap items-center gap-x-4 py-1.5 hover:bg-hover sm:flex-nowrap"
            >
              <span className="data-link min-w-0 truncate max-sm:w-full sm:flex-1">
                <FileNames files={ingestion.files} />
              </span>
              <span className="text-sm text-ink-2">{word(ingestion.status)}</span>
              <RelativeTime instant={ingestion.createdAt} className="shrink-0 text-sm text-ink-3 sm:w-28 sm:text-right" />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SourceList({ sources }: { sources: readonly Source[] }) {
  const may = useMay();
  const [removing, setRemoving] = useState<Source | null>(null);
  return (
    <>
      {sources.some(({ origin }) => origin !== "self") ? null : <NothingConnected mayImport={may.import} />}
      <ul className="border-t border-line">
        {sources.map((source) => (
          <SourceItem
            key={source.id}
            source={source}
            onRemove={may.administer && source.origin !== "self" ? () => setRemoving(source) : null}
          />
        ))}
      </ul>
      <RemoveSourceDialog source={removing} onClose={() => setRemoving(null)} />
    </>
  );
}

function NothingConnected({ mayImport }: { mayImport: boolean }) {
  return (
    <Empty
      className="px-0"
      title="Nothing is connected yet"
      action={mayImport ? <ButtonLink href="/welcome">See both ways to begin</ButtonLink> : null}
    >
      Bring an export of an AWS account or a Kubernetes cluster, push your own observations, or look around in the demo organisation first.
    </Empty>
  );
}

function summary(sources: readonly Source[]): string {
  const partial = sources.filter((source) => source.state !== "ok" && source.state !== "syncing").length;
  if (sources.every(({ origin }) => origin === "self")) return "What Rollcall reads from.";
  return partial === 0
    ? `${plural(sources.length, "source")}, all read completely.`
    : `${plural(sources.length, "source")}; ${partial} could be read only in part.`;
}

export function SourcesPage() {
  const trpc = useTRPC();
  // The actions in the title depend on role and sources, and wrap on a phone: what stands below waits, so that nothing is pushed down.
  const known = useSession() !== undefined;
  const may = useMay();
  const query = useQuery(
    trpc.sources.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((source) => source.state === "syncing") ? 2_000 : false),
    }),
  );
  const sources = query.data ?? [];
  return (
    <Page>
      <PageTitle title="Sources" note={query.data ? summary(sources) : "What Rollcall reads from."}>
        {may.administer && sources.some((source) => source.origin === "demo") ? <RemoveDemo sources={sources} /> : null}
        {may.administer ? <ButtonLink href="/sources/pull">Pull from an address</ButtonLink> : null}
        {may.import ? (
          <ButtonLink tone="primary" href="/sources/add">
            Bring an export
          </ButtonLink>
        ) : null}
      </PageTitle>
      <div className="flex flex-col gap-10">
        {query.isError ? (
          <Failure what="The sources" error={query.error} onRetry={() => void query.refetch()} />
        ) : query.data && known ? (
          <SourceList sources={sources} />
        ) : (
          <p role="status" className="sr-only">
            Loading the sources
          </p>
        )}
        {query.data && known ? <PullsSection /> : null}
        {query.data && known ? <RecentImports /> : null}
      </div>
    </Page>
  );
}
