"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Identity } from "@/api/views.ts";
import type { Inputs } from "@/api/trpc.ts";
import { useMay } from "@/features/shell/use-session.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { word } from "@/ui/words.ts";
import { criticality, environment } from "@rollcall/nhi-model";

type StatedFacts = Inputs["identities"]["attest"]["facts"];

function choices(values: readonly string[]) {
  return [{ value: "", label: "Leave as it is" }, ...values.map((value) => ({ value, label: word(value) }))];
}

/** Only what was filled in is stated; an empty field says nothing. */
function statedFrom(form: FormData): StatedFacts {
  const entries = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].trim() !== "");
  const { reviewedNow, ...rest } = Object.fromEntries(entries);
  return { ...rest, ...(reviewedNow ? { reviewedNow: true as const } : {}) } as StatedFacts;
}

export function AttestForm({ identity }: { identity: Identity }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const attest = useMutation(
    trpc.identities.attest.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        toast("Stated. Scores and findings follow with the next analysis.");
        void queryClient.invalidateQueries(trpc.identities.pathFilter());
      },
    }),
  );
  if (!may.triage) return null;
  if (!open) {
    return (
      <Button tone={identity.owner === null ? "primary" : "outline"} onClick={() => setOpen(true)}>
        {identity.owner === null ? "State who answers for it" : "State facts"}
      </Button>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attest.mutate({ id: identity.id, facts: statedFrom(new FormData(event.currentTarget)) });
  };
  return (
    <form onSubmit={submit} className="rounded-lg border border-line bg-raised p-4">
      <p className="mb-3 text-sm text-ink-2">What you state wins over what sources say, and carries your name.</p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <TextField label="Owner" name="ownerLabel" hint="A team or a person" autoFocus />
        <TextField label="Owner's email" name="ownerEmail" type="email" />
        <TextField label="Purpose" name="purpose" className="sm:col-span-2" hint="What it does, in a sentence" />
        <SelectField label="Environment" name="environment" options={choices(environment.options)} />
        <SelectField label="Criticality" name="criticality" options={choices(criticality.options)} />
        <TextField label="Retire it when" name="retirementTrigger" className="sm:col-span-2" hint="The event that ends its purpose" />
      </div>
      <label className="mt-3 flex items-center gap-2 text-sm">
        <input type="checkbox" name="reviewedNow" className="size-3.5 accent-(--accent)" />I reviewed it now, and it is still needed
      </label>
      <ActionError error={attest.error} className="mt-3" />
      <div className="mt-4 flex gap-2">
        <Button type="submit" tone="primary" disabled={attest.isPending}>
          {attest.isPending ? "Stating" : "State"}
        </Button>
        <Button tone="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
