"use client";

import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";
import { Section } from "@/ui/page.tsx";

const MIN_LENGTH = 12;

async function post(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (response.ok) return;
  const answer = (await response.json().catch(() => ({}))) as { message?: string };
  throw new Error(answer.message ?? "The password could not be set.");
}

/** Without a current password this sets the first one, for people who came by a link. */
function savePassword(current: string, next: string): Promise<void> {
  return current
    ? post("/api/auth/change-password", { currentPassword: current, newPassword: next, revokeOtherSessions: true })
    : post("/api/auth/set-password", { newPassword: next });
}

export function PasswordSection() {
  const save = useMutation({
    mutationFn: ({ current, next }: { current: string; next: string }) => savePassword(current, next),
    onSuccess: () => toast("Password saved"),
  });
  return (
    <Section title="Your password" aside="to sign in without a link">
      <form
        method="post"
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const element = event.currentTarget;
          const form = new FormData(element);
          save.mutate({ current: String(form.get("current")), next: String(form.get("next")) }, { onSuccess: () => element.reset() });
        }}
      >
        <TextField label="Current, if you have one" name="current" type="password" autoComplete="current-password" className="w-56" />
        <TextField
          label="New"
          name="next"
          type="password"
          autoComplete="new-password"
          required
          minLength={MIN_LENGTH}
          maxLength={128}
          placeholder={`at least ${MIN_LENGTH} characters`}
          className="w-56"
        />
        <Button type="submit" disabled={save.isPending}>
          Save
        </Button>
      </form>
      <ActionError error={save.error} className="mt-2" />
    </Section>
  );
}
