"use client";

import { useState } from "react";
import type { PullAuth, PullSource } from "@/api/views.ts";
import { SelectField, TextField } from "@/ui/field.tsx";
import { WAYS } from "./pull-words.ts";

type Way = keyof typeof WAYS;

/** A day without a time: it ends with that day. */
const endOf = (day: string): string | null => (day === "" ? null : `${day}T23:59:59Z`);

export function readAuth(form: FormData): PullAuth {
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  const kind = text("way") as Way;
  const shown = { secret: String(form.get("secret") ?? ""), expiresAt: endOf(text("expires")) };
  if (kind === "bearer") return { kind, ...shown };
  return kind === "none" ? { kind } : { kind, name: text("authName"), ...shown };
}

/** How the other side is shown who asks. What is entered here is never shown again. `current`: how it was shown so far. */
export function CredentialFields({
  ways = ["bearer", "header", "basic", "none"],
  current,
}: {
  ways?: readonly Way[];
  current?: PullSource["auth"];
}) {
  const [way, setWay] = useState<Way>(current?.kind ?? "bearer");
  const name = current?.kind === way && current.name !== null ? current.name : undefined;
  return (
    <>
      <SelectField
        label="Credential"
        name="way"
        options={ways.map((value) => ({ value, label: WAYS[value] }))}
        value={way}
        onChange={(event) => setWay(event.target.value as Way)}
      />
      {way === "header" ? (
        <TextField label="Name of the header" name="authName" required placeholder="X-Api-Key" defaultValue={name} />
      ) : null}
      {way === "basic" ? <TextField label="User" name="authName" required autoComplete="off" defaultValue={name} /> : null}
      {way === "none" ? null : (
        <>
          <TextField
            key={way}
            label={way === "basic" ? "Password" : way === "header" ? "Value" : "Token"}
            name="secret"
            type="password"
            required
            minLength={8}
            maxLength={8192}
            autoComplete="new-password"
            hint="Sealed at once; only the worker can open it. Nobody is shown it again."
          />
          <TextField label="It ends on" name="expires" type="date" hint="When known: you are told before it ends." />
        </>
      )}
    </>
  );
}
