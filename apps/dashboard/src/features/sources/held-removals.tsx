"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Ingestion } from "@/api/views.ts";
import { useMay } from "@/features/shell/use-session.ts";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { Partial } from "@/ui/states.tsx";
import { errorWords } from "@/ui/error-words.ts";

type Sync = Ingestion["syncs"][number];

function missing({ counts, sourceName }: Sync): string {
  const count = counts?.markedAbsent ?? 0;
  const what = count === 1 ? "1 entry that was there before is" : `${formatCount(count)} entries that were there before are`;
  return count === 0 ? `${sourceName}: much of what was there before is not in this export.` : `${sourceName}: ${what} not in this export.`;
}

/** Says what would disappear and what would not, before a person lets it happen. */
export function HeldRemovals({ ingestion, onDone }: { ingestion: Ingestion; onDone: () => void }) {
  const trpc = useTRPC();
  const may = useMay();
  const approve = useMutation(trpc.ingestions.approveRemovals.mutationOptions({ onSuccess: onDone }));
  const held = ingestion.syncs.filter((sync) => sync.status === "held");
  if (held.length === 0) return null;
  return (
    <Partial className="mb-6">
      <p className="font-medium text-ink">So many identities are missing from this export that it may be incomplete.</p>
      <ul className="my-1 list-disc pl-5">
        {held.map((sync) => (
          <li key={sync.id}>{missing(sync)}</li>
        ))}
      </ul>
      <p>
        What is new or changed was imported. Nothing was removed. If you confirm, what the export does not list any more leaves the
        inventory: identities with their credentials and rights. Findings and tasks about them close with the next analysis; their history
        stays. If the export was cut short, export again instead, and nothing is lost.
      </p>
      {may.import ? (
        <div className="mt-2 flex flex-wrap gap-2">
          {held.map((sync) => (
            <Button key={sync.id} tone="danger" size="sm" disabled={approve.isPending} onClick={() => approve.mutate({ syncId: sync.id })}>
              Confirm removals in {sync.sourceName}
            </Button>
          ))}
        </div>
      ) : (
        <p className="mt-1">An admin or an analyst decides this.</p>
      )}
      {approve.isError ? (
        <p role="alert" className="mt-2 text-critical">
          {errorWords(approve.error)}
        </p>
      ) : null}
    </Partial>
  );
}
