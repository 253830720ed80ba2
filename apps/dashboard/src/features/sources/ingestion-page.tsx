"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/api/trpc.ts";
import type { Ingestion } from "@/api/views.ts";
import { Button, ButtonLink } from "@/ui/button.tsx";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Failure, Partial, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { SyncReport } from "./ingestion-progress.tsx";
import { isRunning, useIngestion } from "./use-ingestion.ts";

const TITLE: Readonly<Record<Ingestion["status"], string>> = {
  pending: "The import is waiting for its turn",
  processing: "The import is running",
  completed: "The import is done",
  failed: "The import failed",
  held: "The import waits for you",
  cancelled: "The import was cancelled",
};

function Held({ ingestion, onDone }: { ingestion: Ingestion; onDone: () => void }) {
  const trpc = useTRPC();
  const approve = useMutation(trpc.ingestions.approveRemovals.mutationOptions({ onSuccess: onDone }));
  const held = ingestion.syncs.filter((sync) => sync.status === "held");
  if (held.length === 0) return null;
  return (
    <Partial className="mb-6">
      <p className="font-medium text-ink">So many identities are missing from this export that it may be incomplete.</p>
      <p>What is new or changed was imported. Nothing was removed. Confirm the removals if they are real; if not, export again.</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {held.map((sync) => (
          <Button key={sync.id} tone="danger" size="sm" disabled={approve.isPending} onClick={() => approve.mutate({ syncId: sync.id })}>
            Confirm removals in {sync.sourceName}
          </Button>
        ))}
      </div>
      {approve.isError ? <p role="alert" className="mt-2 text-critical">{approve.error.message}</p> : null}
    </Partial>
  );
}

function CancelButton({ id, onDone }: { id: string; onDone: () => void }) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.ingestions.cancel.mutationOptions({ onSuccess: onDone }));
  return (
    <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id })}>
      Cancel
    </Button>
  );
}

export function IngestionPage({ id }: { id: string }) {
  const query = useIngestion(id);
  const refresh = () => void query.refetch();
  if (query.isError) return <Page><Failure what="This import" error={query.error} onRetry={refresh} /></Page>;
  if (!query.data) return <Page><Skeleton className="h-64" /></Page>;
  const ingestion = query.data;
  const running = isRunning(ingestion);
  return (
    <Page className="mx-0 max-w-4xl">
      <p className="mb-3 text-sm">
        <Link href="/sources" className="data-link text-ink-3">
          Sources
        </Link>
      </p>
      <div role="status">
        <PageTitle title={TITLE[ingestion.status]} note={<><bdi>{ingestion.files.join(", ")}</bdi>, sent <RelativeTime instant={ingestion.createdAt} /></>}>
          {running ? <CancelButton id={id} onDone={refresh} /> : null}
          {ingestion.status === "completed" ? (
            <>
              <ButtonLink href="/inventory">Open the inventory</ButtonLink>
              <ButtonLink tone="primary" href="/">See the posture</ButtonLink>
            </>
          ) : null}
          {ingestion.status === "failed" || ingestion.status === "cancelled" ? <ButtonLink tone="primary" href="/sources/add">Bring another export</ButtonLink> : null}
        </PageTitle>
      </div>
      {ingestion.error ? <p role="alert" className="mb-6 measure border-l-2 border-critical pl-3">{ingestion.error}</p> : null}
      <Held ingestion={ingestion} onDone={refresh} />
      {ingestion.syncs.length === 0 && running ? <Skeleton className="h-40" /> : null}
      {ingestion.syncs.map((sync) => (
        <SyncReport key={sync.id} sync={sync} running={running} />
      ))}
    </Page>
  );
}
