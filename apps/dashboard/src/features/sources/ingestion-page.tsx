"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Ingestion } from "@/api/views.ts";
import { useMay } from "@/features/shell/use-session.ts";
import { Button, ButtonLink } from "@/ui/button.tsx";
import { PageTitle } from "@/ui/page.tsx";
import { QueryPage } from "@/ui/query-page.tsx";
import { Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { AllFileNames, FileNames } from "./file-names.tsx";
import { HeldRemovals } from "./held-removals.tsx";
import { SyncReports } from "./sync-reports.tsx";
import { isRunning, useIngestion } from "./use-ingestion.ts";

const TITLE: Readonly<Record<Ingestion["status"], string>> = {
  pending: "The import is waiting for its turn",
  processing: "The import is running",
  completed: "The import is done",
  failed: "The import failed",
  held: "The import waits for you",
  cancelled: "The import was cancelled",
};

function CancelButton({ id, onDone }: { id: string; onDone: () => void }) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.ingestions.cancel.mutationOptions({ onSuccess: onDone }));
  return (
    <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id })}>
      {cancel.isPending ? "Cancelling" : "Cancel the import"}
    </Button>
  );
}

function NextSteps({ ingestion, onChanged }: { ingestion: Ingestion; onChanged: () => void }) {
  const may = useMay();
  if (isRunning(ingestion)) return may.import ? <CancelButton id={ingestion.id} onDone={onChanged} /> : null;
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
  if (ingestion.status === "held" || !may.import) return null;
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
      <FileNames files={ingestion.files} />, sent <RelativeTime instant={ingestion.createdAt} />
    </>
  );
  return (
    <>
      <div role="status">
        <PageTitle title={TITLE[ingestion.status]} note={note}>
          <NextSteps ingestion={ingestion} onChanged={onChanged} />
        </PageTitle>
      </div>
      <AllFileNames files={ingestion.files} />
      {ingestion.error ? (
        <p role="alert" className="mb-6 measure border-l-2 border-critical pl-3">
          {ingestion.error}
        </p>
      ) : null}
      <HeldRemovals ingestion={ingestion} onDone={onChanged} />
      {ingestion.syncs.length === 0 && running ? <Skeleton className="h-40" /> : null}
      <SyncReports ingestion={ingestion} running={running} />
    </>
  );
}

/** Who loaded the demo to look around goes on to it by themselves. */
function useOnwards(completed: boolean): void {
  const router = useRouter();
  const onwards = useSearchParams().get("then") === "posture";
  useEffect(() => {
    if (completed && onwards) router.replace("/");
  }, [completed, onwards, router]);
}

export function IngestionPage({ id }: { id: string }) {
  const query = useIngestion(id);
  const refresh = () => void query.refetch();
  useOnwards(query.data?.status === "completed");
  return (
    <QueryPage
      what="This import"
      query={query}
      parent={{ href: "/sources", label: "Sources" }}
      className="mx-0 max-w-4xl"
      skeleton={<Skeleton className="h-64" />}
    >
      {(ingestion) => <IngestionReport ingestion={ingestion} onChanged={refresh} />}
    </QueryPage>
  );
}
