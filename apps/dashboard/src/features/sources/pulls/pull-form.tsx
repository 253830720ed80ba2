"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Inputs } from "@/api/trpc.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { CredentialFields, readAuth } from "./credential-fields.tsx";

type NewPull = Inputs["sources"]["pulls"]["create"];

const INTERVALS = [
  { value: "1", label: "Every hour" },
  { value: "6", label: "Every 6 hours" },
  { value: "24", label: "Every day" },
  { value: "168", label: "Every week" },
];
const PAGINGS = [
  { value: "link", label: "One answer, or Link headers" },
  { value: "cursor", label: "A cursor in the answer" },
];

function readForm(form: FormData): NewPull {
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  const paging = { itemsField: text("itemsField"), cursorField: text("cursorField"), cursorParameter: text("cursorParameter") };
  return {
    name: text("name"),
    url: text("url"),
    account: text("account") || null,
    paging: form.get("paging") === "cursor" ? paging : null,
    intervalHours: Number(form.get("interval")),
    auth: readAuth(form),
  };
}

export function PullForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(
    trpc.sources.pulls.create.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.sources.pathFilter());
        router.push("/sources");
      },
    }),
  );
  return (
    <form
      method="post"
      className="flex max-w-xl flex-col gap-4"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(readForm(new FormData(event.currentTarget)));
      }}
    >
      <TextField
        label="Address"
        name="url"
        type="url"
        required
        maxLength={2048}
        placeholder="https://exports.example.org/nightly.json"
        hint="https. Redirects are not followed, and addresses on networks of your own are called only when the operator named them."
      />
      <TextField label="Name" name="name" required maxLength={120} placeholder="Nightly export of production" />
      <CredentialFields />
      <SelectField label="Read it" name="interval" options={INTERVALS} defaultValue="24" />
      <PagingFields />
      <TextField
        label="Account or cluster"
        name="account"
        maxLength={120}
        hint="Only for exports that do not name theirs, such as tables and Kubernetes lists."
      />
      <ActionError error={create.error} />
      <div>
        <Button type="submit" tone="primary" disabled={create.isPending}>
          {create.isPending ? "Connecting" : "Connect and read now"}
        </Button>
      </div>
    </form>
  );
}

function PagingFields() {
  const [paging, setPaging] = useState("link");
  return (
    <>
      <SelectField label="Pages" name="paging" options={PAGINGS} value={paging} onChange={(event) => setPaging(event.target.value)} />
      {paging === "cursor" ? (
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <TextField label="List is at" name="itemsField" maxLength={120} placeholder="items" hint="Empty: the answer is the list." />
          <TextField label="Cursor is at" name="cursorField" required maxLength={120} placeholder="nextCursor" />
          <TextField label="Sent as" name="cursorParameter" required maxLength={64} placeholder="cursor" />
        </div>
      ) : null}
    </>
  );
}
