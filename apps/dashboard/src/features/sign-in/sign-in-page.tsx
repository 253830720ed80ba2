"use client";

import { useMutation } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { Wordmark } from "@/features/shell/sidebar.tsx";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";

async function signIn(email: string, password: string): Promise<void> {
  const response = await fetch("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (response.ok) return;
  if (response.status === 429) throw new Error("Too many attempts. Wait a minute, then try again.");
  if (response.status < 500) throw new Error("This email and password do not match. Check both, or use a sign-in link.");
  throw new Error("The server could not be reached. Try again in a moment.");
}

/** Only a path of this site; anything else could lead people away. */
function safePath(next: string | null): string {
  if (!next) return "/";
  const url = new URL(next, window.location.origin);
  return url.origin === window.location.origin && next.startsWith("/") ? url.pathname + url.search + url.hash : "/";
}

export function SignInPage() {
  const next = useSearchParams().get("next");
  const enter = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: () => window.location.assign(safePath(next)),
  });
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-6 pb-24">
      <Wordmark />
      <h1 className="mt-6 text-xl font-semibold tracking-[-0.01em]">Sign in</h1>
      <form
        className="mt-4 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          enter.mutate({ email: String(form.get("email")), password: String(form.get("password")) });
        }}
      >
        <TextField label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
        {enter.isError ? (
          <p role="alert" className="text-sm text-critical">
            {enter.error.message}
          </p>
        ) : null}
        <Button type="submit" tone="primary" size="lg" disabled={enter.isPending || enter.isSuccess} className="mt-1">
          {enter.isPending ? "Signing in" : "Sign in"}
        </Button>
      </form>
      <p className="mt-6 text-sm text-ink-2">
        First time here? The terminal in which Rollcall was started shows a link that signs you in once. Colleagues enter by an invitation
        link from an admin. A password can be set afterwards, in Settings.
      </p>
    </main>
  );
}
