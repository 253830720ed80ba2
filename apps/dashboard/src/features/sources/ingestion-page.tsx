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
      {approve.isError ? (
        <p role="alert" className="mt-2 text-critical">
          {approve.error.message}
        </p>
      ) : null}
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

function NextSteps({ ingestion, onChanged }: { ingestion: Ingestion; onChanged: () => void }) {
  if (isRunning(ingestion)) return <CancelButton id={ingestion.id} onDone={onChanged} />;
  if (ingestion.status === "completed") {
    return (
      <>
        <ButtonLink href="/inventory">Open the inventory</ButtonLink>
        <ButtonLink tone="primary" href="/">
          See the posture
        </ButtonLink>
      </>
    );
  }
  if (ingestion.status === "held") return null;
  return (
    <ButtonLink tone="primary" href="/sources/add">
      Bring another export
    </ButtonLink>
  );
}

function IngestionReport({ ingestion, onChanged }: { ingestion: Ingestion; onChanged: () => void }) {
  const running = isRunning(ingestion);
  const note = (
    <>
      <bdi>{ingestion.files.join(", ")}</bdi>, sent <RelativeTime instant={ingestion.createdAt} />
    </>
  );
  return (
    <>
      <div role="status">
        <PageTitle title={TITLE[ingestion.status]} note={note}>
          <NextSteps ingestion={ingestion} onChanged={onChanged} />
        </PageTitle>
      </div>
      {ingestion.error ? (
        <p role="alert" className="mb-6 measure border-l-2 border-critical pl-3">
          {ingestion.error}
        </p>
      ) : null}
      <Held ingestion={ingestion} onDone={onChanged} />
      {ingestion.syncs.length === 0 && running ? <Skeleton className="h-40" /> : null}
      {ingestion.syncs.map((sync) => (
        <SyncReport key={sync.id} sync={sync} running={running} />
      ))}
    </>
  );
}

export function IngestionPage({ id }: { id: string }) {
  const query = useIngestion(id);
  const refresh = () => void query.refetch();
  return (
    <Page className="mx-0 max-w-4xl">
      <p className="mb-3 text-sm">
        <Link href="/sources" className="data-link text-ink-3">
          Sources
        </Link>
      </p>
      {query.isError ? <Failure what="This import" error={query.error} onRetry={refresh} /> : null}
      {query.isPending ? <Skeleton className="h-64" /> : null}
      {query.data ? <IngestionReport ingestion={query.data} onChanged={refresh} /> : null}
    </Page>
  );
}
