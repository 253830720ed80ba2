"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { renderSVG } from "uqr";
import { useTRPC } from "@/api/trpc.ts";
import { authCall } from "@/features/sign-in/auth-call.ts";
import { Button } from "@/ui/button.tsx";
import { CopyButton } from "@/ui/copy-button.tsx";
import { TextField } from "@/ui/field.tsx";
import { Section } from "@/ui/page.tsx";
import { errorWords } from "@/ui/error-words.ts";

interface Enrolment {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** A second factor by an authenticator app. It is in force only after the app has shown a right code. */
export function SecondFactorSection({ enabled }: { enabled: boolean }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries(trpc.session.me.queryFilter());
  const begin = useMutation({
    mutationFn: (password: string) =>
      authCall<Enrolment>("/two-factor/enable", password === "" ? {} : { password }, { 400: "The password is not right." }),
    onSuccess: setEnrolment,
  });
  const remove = useMutation({
    mutationFn: (password: string) =>
      authCall("/two-factor/disable", password === "" ? {} : { password }, { 400: "The password is not right." }),
    onSuccess: () => {
      toast("Second factor removed");
      refresh();
    },
  });
  const change = enabled ? remove : begin;
  return (
    <Section title="Second factor" aside={enabled ? "on" : "off"}>
      {enrolment === null ? (
        <form
          method="post"
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(String(new FormData(event.currentTarget).get("password")));
          }}
        >
          <TextField
            label="Your password, if you have one"
            name="password"
            type="password"
            autoComplete="current-password"
            className="w-56"
            error={change.error ? errorWords(change.error) : undefined}
          />
          <Button type="submit" tone={enabled ? "danger" : "outline"} disabled={change.isPending}>
            {enabled ? "Remove the second factor" : "Set up an authenticator app"}
          </Button>
        </form>
      ) : (
        <ConfirmEnrolment
          enrolment={enrolment}
          onDone={() => {
            setEnrolment(null);
            toast("Second factor is on");
            refresh();
          }}
        />
      )}
    </Section>
  );
}

function ConfirmEnrolment({ enrolment, onDone }: { enrolment: Enrolment; onDone: () => void }) {
  const confirm = useMutation({
    mutationFn: (code: string) =>
      authCall("/two-factor/verify-totp", { code }, { 401: "This code does not match. Codes change every 30 seconds." }),
    onSuccess: onDone,
  });
  const secret = new URL(enrolment.totpURI).searchParams.get("secret") ?? "";
  return (
    <div className="flex flex-wrap gap-8">
      <figure className="flex flex-col gap-2">
        <div
          role="img"
          aria-label="Code to scan with the authenticator app"
          className="size-48 overflow-hidden rounded-md"
          // The library draws it from the address alone; nothing of a stranger is in it. Cameras need the light border, most of all in the dark theme.
          dangerouslySetInnerHTML={{ __html: renderSVG(enrolment.totpURI, { border: 4 }) }}
        />
        <figcaption className="w-48 font-mono text-xs break-all text-ink-3">{secret}</figcaption>
      </figure>
      <div className="flex min-w-64 flex-1 flex-col gap-4">
        <div>
          <p className="text-sm font-medium">Backup codes, shown only now</p>
          <p className="measure text-sm text-ink-2">Each works once, when the device is gone. Keep them where you keep other secrets.</p>
          <ul className="mt-2 grid w-fit grid-cols-2 gap-x-6 gap-y-1 font-mono text-sm">
            {enrolment.backupCodes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyButton text={enrolment.backupCodes.join("\n")} label="Copy the codes" showLabel className="mt-2" />
        </div>
        <form
          method="post"
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate(String(new FormData(event.currentTarget).get("code")).replaceAll(/\s/g, ""));
          }}
        >
          <TextField
            label="Code that the app shows"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            className="w-56"
            error={confirm.error ? errorWords(confirm.error) : undefined}
          />
          <Button type="submit" tone="primary" disabled={confirm.isPending}>
            Turn it on
          </Button>
        </form>
      </div>
    </div>
  );
}
