"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Inputs } from "@/api/trpc.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

type Scope = Inputs["settings"]["apiKeys"]["create"]["scopes"][number];

const SCOPES: readonly { readonly value: Scope; readonly label: string }[] = [
  { value: "read", label: "Read" },
  { value: "ingest", label: "Import" },
  { value: "triage", label: "Act on tasks" },
  { value: "admin", label: "Administer" },
];
const LIFETIMES = [30, 90, 180, 365].map((days) => ({ value: String(days), label: `${days} days` }));

const listOf = (value: FormDataEntryValue | null): string[] =>
  String(value ?? "")
    .split(/[\s,]+/)
    .filter((item) => item !== "");

export function ApiKeyForm() {
  const trpc = useTRPC();
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const create = useSettingsChange(trpc.settings.apiKeys.create.mutationOptions(), [trpc.settings.apiKeys.pathFilter()]);
  const toggle = (scope: Scope) => setScopes(scopes.includes(scope) ? scopes.filter((other) => other !== scope) : [...scopes, scope]);
  return (
    <div className="mt-4 flex flex-col gap-3">
      <form
        className="flex flex-wrap items-start gap-x-4 gap-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          const element = event.currentTarget;
          const form = new FormData(element);
          create.mutate(
            {
              name: String(form.get("name")),
              scopes: [...scopes],
              expiresInDays: Number(form.get("days")),
              serviceUserId: String(form.get("holder") ?? "") || null,
              networks: listOf(form.get("networks")),
              sources: listOf(form.get("sources")),
            },
            // Pressed once more it would make a second key of the same name.
            { onSuccess: () => element.reset() },
          );
        }}
      >
        <TextField label="Name" name="name" required maxLength={120} placeholder="what it is for" className="w-56" />
        <HolderField />
        <SelectField label="Expires after" name="days" options={LIFETIMES} defaultValue="90" className="w-28" />
        <fieldset className="flex w-full flex-wrap items-center gap-x-4 gap-y-1">
          <legend className="mb-1 text-sm font-medium">What it may do</legend>
          {SCOPES.map((scope) => (
            <label key={scope.value} className="flex items-center gap-1.5 text-sm">
              <input
                type="checkbox"
                checked={scopes.includes(scope.value)}
                onChange={() => toggle(scope.value)}
                className="size-3.5 accent-(--accent)"
              />
              {scope.label}
            </label>
          ))}
        </fieldset>
        <LimitFields mayImport={scopes.includes("ingest")} />
        <div className="w-full">
          <Button type="submit" disabled={create.isPending || scopes.length === 0}>
            Create a key
          </Button>
        </div>
      </form>
      <ActionError error={create.error} />
      {create.data ? (
        <ShownOnce label="API key" value={create.data.key} note="Only its hash is kept. Put it where your secrets live." />
      ) : null}
    </div>
  );
}

/** What narrows a key beyond its scopes. */
function LimitFields({ mayImport }: { mayImport: boolean }) {
  return (
    <>
      <TextField
        label="Only from networks"
        name="networks"
        placeholder="10.0.0.0/8, 192.0.2.7"
        hint="empty: from anywhere"
        className="w-64"
      />
      {mayImport ? (
        <TextField
          label="Imports only"
          name="sources"
          placeholder="aws:123456789012, kubernetes"
          hint="empty: any source"
          className="w-64"
        />
      ) : null}
    </>
  );
}

/** Whose key it is: the maker's own, or a service user's. */
function HolderField() {
  const users = useQuery(useTRPC().settings.serviceUsers.list.queryOptions());
  const holders = (users.data ?? []).filter(({ disabledAt }) => disabledAt === null).map(({ id, name }) => ({ value: id, label: name }));
  return <SelectField label="For" name="holder" options={[{ value: "", label: "me" }, ...holders]} className="w-36" />;
}
