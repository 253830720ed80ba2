"use client";

import { useState, type FormEvent } from "react";
import type { IdentityFilter, IdentityRow } from "@/api/views.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { BulkResult, type BulkOutcome } from "@/ui/bulk-result.tsx";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { TextArea, TextField } from "@/ui/field.tsx";
import { plural } from "@/ui/format.ts";
import { useBulkAttest } from "./use-bulk-attest.ts";
import type { Selection } from "@/ui/use-selection.ts";

export type BulkAction = "owner" | "review";

const WORDS: Readonly<Record<BulkAction, { title: string; note: string; act: string; acting: string }>> = {
  owner: {
    title: "Assign an owner to",
    note: "What you state wins over what sources say. It carries your name and the reason.",
    act: "Assign",
    acting: "Assigning",
  },
  review: {
    title: "Mark as reviewed:",
    note: "You confirm that each of them is still needed and described correctly. The review is dated now and carries your name.",
    act: "Mark reviewed",
    acting: "Marking",
  },
};

interface BulkDialogProps {
  readonly action: BulkAction;
  readonly selection: Selection<IdentityRow>;
  readonly filter: IdentityFilter;
  readonly onClose: () => void;
}

/** One reason for all; what was refused is listed by name with why. */
export function BulkDialog({ action, selection, filter, onClose }: BulkDialogProps) {
  const words = WORDS[action];
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const close = () => {
    if (outcome !== null) selection.clear();
    onClose();
  };
  const attest = useBulkAttest({
    selection,
    filter,
    onDone: (done) => {
      if (done.refused.length > 0) return setOutcome(done);
      selection.clear();
      return onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const owner = { ownerLabel: text("owner"), ...(text("email") ? { ownerEmail: text("email") } : {}) };
    attest.mutate({ facts: action === "owner" ? owner : { reviewedNow: true }, reason: text("reason") });
  };
  return (
    <Dialog open onClose={close} title={`${words.title} ${plural(selection.count, "identity", "identities")}`} note={words.note}>
      {outcome ? (
        <BulkResult outcome={outcome} nameOf={(id) => selection.chosen.get(id)?.name} onClose={close} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-3">
          {action === "owner" ? (
            <>
              <TextField label="Owner" name="owner" required maxLength={200} hint="A team or a person" />
              <TextField label="Owner's email" name="email" type="email" hint="If it is a person" />
            </>
          ) : null}
          <TextArea label="Reason" name="reason" required maxLength={1000} />
          <ActionError error={attest.error} />
          <div className="flex gap-2">
            <Button type="submit" tone="primary" disabled={attest.isPending}>
              {attest.isPending ? words.acting : words.act}
            </Button>
            <Button tone="quiet" onClick={close}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
