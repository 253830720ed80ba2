"use client";

import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Inputs, Outputs } from "@/api/trpc.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { useHydrated } from "@/ui/use-hydrated.ts";
import { useSettingsChange } from "./use-settings-change.ts";

type NewFederation = Inputs["settings"]["federations"]["create"];
type Condition = NewFederation["conditions"][number];

/** Where jobs run, with the claims by which these services say which repository and branch. */
const services = {
  github: { label: "GitHub Actions", issuer: "https://token.actions.githubusercontent.com", claims: ["repository", "ref"] },
  gitlab: { label: "GitLab", issuer: "https://gitlab.com", claims: ["project_path", "ref"] },
  other: { label: "Another issuer", issuer: "", claims: ["sub", ""] },
} as const;
type Service = keyof typeof services;
const examples: Readonly<Record<string, string>> = {
  repository: "acme/shop",
  project_path: "acme/shop",
  ref: "refs/heads/main",
  sub: "job-17",
};
const serviceOptions = Object.entries(services).map(([value, { label }]) => ({ value, label }));
const scopeOptions = [
  { value: "ingest", label: "Import" },
  { value: "read", label: "Read" },
  { value: "triage", label: "Act on tasks" },
];
const lifetimes = [5, 15, 30, 60].map((minutes) => ({ value: String(minutes), label: `${minutes} min` }));

/** A value with a star is a pattern; there is no other reason to write one. */
const conditionOf = (claim: string, value: string): Condition => ({ claim, value, match: value.includes("*") ? "glob" : "exact" });

function readForm(form: FormData): NewFederation {
  const conditions = [0, 1]
    .map((index) => conditionOf(String(form.get(`claim${index}`) ?? "").trim(), String(form.get(`value${index}`) ?? "").trim()))
    .filter(({ claim, value }) => claim !== "" && value !== "");
  return {
    serviceUserId: String(form.get("owner")),
    name: String(form.get("name")),
    issuer: String(form.get("issuer")).trim(),
    audience: String(form.get("audience")).trim(),
    conditions,
    scopes: [form.get("scope") as NewFederation["scopes"][number]],
    tokenMinutes: Number(form.get("minutes")),
  };
}

export function FederationForm({ owners }: { owners: Outputs["settings"]["serviceUsers"]["list"] }) {
  const trpc = useTRPC();
  const create = useSettingsChange(trpc.settings.federations.create.mutationOptions(), [trpc.settings.federations.pathFilter()]);
  return (
    <div className="mt-4 flex flex-col gap-3">
      <form
        className="flex flex-wrap items-start gap-x-4 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(readForm(new FormData(event.currentTarget)));
        }}
      >
        <TextField label="Name" name="name" required maxLength={120} placeholder="main branch of shop" className="w-48" />
        <SelectField
          label="Comes in as"
          name="owner"
          options={owners.map(({ id, name }) => ({ value: id, label: name }))}
          className="w-44"
        />
        <SelectField label="It may" name="scope" options={scopeOptions} className="w-32" />
        <SelectField label="Token lasts" name="minutes" options={lifetimes} defaultValue="15" className="w-24" />
        <IssuerFields />
        <div className="w-full">
          <Button type="submit" disabled={create.isPending}>
            Trust these jobs
          </Button>
        </div>
      </form>
      <ActionError error={create.error} />
      {create.data ? (
        <p role="status" className="text-sm text-ink-2">
          Trusted. Give the job the id <code className="font-mono text-xs">{create.data.id}</code>; it is no secret.
        </p>
      ) : null}
    </div>
  );
}

/** Who signs for the jobs, and what the tokens have to say. */
function IssuerFields() {
  const [service, setService] = useState<Service>("github");
  const origin = useHydrated() ? location.origin : "";
  const { issuer, claims } = services[service];
  return (
    <>
      <SelectField
        label="Jobs run at"
        name="service"
        options={serviceOptions}
        value={service}
        onChange={(event) => setService(event.target.value as Service)}
        className="w-40"
      />
      <TextField
        key={`${service}-issuer`}
        label="Issuer"
        name="issuer"
        required
        defaultValue={issuer}
        placeholder="https://"
        hint="who signs the token"
        className="w-80"
      />
      <TextField
        key={origin}
        label="Audience"
        name="audience"
        required
        defaultValue={origin}
        hint="for whom the job asks for its token"
        className="w-64"
      />
      {claims.map((claim, index) => (
        <span key={`${service}-${index}`} className="flex items-start gap-2">
          <TextField
            label={index === 0 ? "Only if the claim" : "and the claim"}
            name={`claim${index}`}
            defaultValue={claim}
            className="w-36"
          />
          <TextField
            label="is"
            name={`value${index}`}
            required={index === 0}
            placeholder={examples[claim] ?? ""}
            hint={index === 0 ? "* stands for one part of a path" : undefined}
            className="w-52"
          />
        </span>
      ))}
    </>
  );
}
