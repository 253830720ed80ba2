"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC, type Inputs } from "@/api/trpc.ts";
import type { IdentityFilter, IdentityRow } from "@/api/views.ts";
import type { BulkOutcome } from "@/ui/bulk-result.tsx";
import { plural } from "@/ui/format.ts";
import type { Selection } from "@/ui/use-selection.ts";
import { errorWords } from "@/ui/error-words.ts";

type Stated = Pick<Inputs["identities"]["attestMany"], "facts" | "reason">;

const UNDO_MS = 10_000;

/** Owners can be put back where every one of them had one that is known here; a review cannot be taken back. */
function ownersBefore(rows: readonly IdentityRow[]): ReadonlyMap<string, readonly string[]> | null {
  const ids = new Map<string, string[]>();
  for (const { id, owner } of rows) {
    if (owner === null) return null;
    ids.set(owner, [...(ids.get(owner) ?? []), id]);
  }
  return ids.size === 0 ? null : ids;
}

interface BulkOptions {
  readonly selection: Selection<IdentityRow>;
  readonly filter: IdentityFilter;
  readonly onDone: (outcome: BulkOutcome) => void;
}

export function useBulkAttest({ selection, filter, onDone }: BulkOptions) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () =>
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey[0]).includes("identities") });
  const restore = useMutation(
    trpc.identities.attestMany.mutationOptions({ onSuccess: refresh, onError: (error) => toast.error(errorWords(error)) }),
  );
  const attest = useMutation(
    trpc.identities.attestMany.mutationOptions({
      onSuccess: (outcome, { facts }) => {
        const before = facts.ownerLabel && !selection.everything ? ownersBefore([...selection.chosen.values()]) : null;
        const undo = () => {
          for (const [owner, ids] of before ?? []) restore.mutate({ ids: [...ids], facts: { ownerLabel: owner }, reason: "Taken back" });
        };
        toast(`Stated for ${plural(outcome.done, "identity", "identities")}. Scores follow with the next analysis.`, {
          duration: UNDO_MS,
          ...(before === null ? {} : { action: { label: "Undo", onClick: undo } }),
        });
        refresh();
        onDone(outcome);
      },
    }),
  );
  const targets = selection.everything ? { filter } : { ids: [...selection.chosen.keys()] };
  return { ...attest, mutate: (stated: Stated) => attest.mutate({ ...stated, ...targets }) };
}
