"use client";

import { useMutation } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Wordmark } from "@/features/shell/sidebar.tsx";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";
import { authCall } from "./auth-call.ts";
import { CodeForm } from "./code-form.tsx";
import { OtherWays } from "./other-ways.tsx";
import { safePath } from "./safe-path.ts";

const refused = { 400: "This email and password do not match. Check both, or use a sign-in link." };
const signIn = (email: string, password: string) =>
  authCall<{ twoFactorRedirect?: boolean }>("/sign-in/email", { email, password }, { ...refused, 401: refused[400], 403: refused[400] });

/** Why somebody was sent here, in words. */
const ARRIVALS: Readonly<Record<string, string>> = {
  link_used: "This sign-in link was used before or has expired. Ask for a new one, or restart Rollcall to see another in its terminal.",
  sign_in_first: "You have an account here already. Sign in, then open the invitation again.",
  signup_disabled: "Your organisation's provider knows you, but nobody invited you to Rollcall yet. Ask an admin.",
  email_not_verified:
    "Your organisation's provider has not verified your e-mail address. Confirm it there and come again, or ask an admin for an invitation link.",
  access_denied: "The provider did not let you through. Sign in there with another account, or ask whoever runs it for access to Rollcall.",
  state_mismatch: "This sign-in was begun in another window, or too long ago. Begin it again here.",
  issuer_mismatch:
    "The provider calls itself by another address than the one that Rollcall was set up with. Ask whoever runs Rollcall to compare them.",
  failed: "Signing in failed. Try again.",
};
const arrivalWords = (error: string | null): string | null =>
  error === null ? null : (ARRIVALS[error] ?? "Signing in failed. Try again, or ask an admin for a sign-in link.");

export function SignInPage() {
  const query = useSearchParams();
  const next = query.get("next");
  const arrival = arrivalWords(query.get("error"));
  const [step, setStep] = useState<"password" | "code">("password");
  const enter = () => window.location.assign(safePath(next, window.location.origin));
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-6 pb-24">
      <Wordmark />
      <h1 className="mt-6 text-xl font-semibold tracking-[-0.01em]">{step === "password" ? "Sign in" : "Second step"}</h1>
      {arrival !== null && step === "password" ? (
        <p role="alert" className="mt-3 border-l-2 border-critical pl-3 text-sm text-ink-2">
          {arrival}
        </p>
      ) : null}
      {step === "password" ? (
        <>
          <PasswordForm onDone={enter} onCode={() => setStep("code")} />
          <OtherWays next={next} onDone={enter} />
          <p className="mt-6 text-sm text-ink-2">
            First time here? The terminal in which Rollcall was started shows a link that signs you in once. Colleagues enter by an
            invitation link from an admin. A password can be set afterwards, in Settings.
          </p>
        </>
      ) : (
        <CodeForm onDone={enter} onBack={() => setStep("password")} />
      )}
    </main>
  );
}

function PasswordForm({ onDone, onCode }: { onDone: () => void; onCode: () => void }) {
  const attempt = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: (answer) => (answer.twoFactorRedirect === true ? onCode() : onDone()),
  });
  return (
    <form
      method="post"
      className="mt-4 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        attempt.mutate({ email: String(form.get("email")), password: String(form.get("password")) });
      }}
    >
      <TextField label="Email" name="email" type="email" autoComplete="username webauthn" required autoFocus />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <ActionError error={attempt.error} />
      <Button type="submit" tone="primary" size="lg" disabled={attempt.isPending || attempt.isSuccess} className="mt-1">
        {attempt.isPending ? "Signing in" : "Sign in"}
      </Button>
    </form>
  );
}
