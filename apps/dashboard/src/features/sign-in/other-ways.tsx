"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "@/ui/button.tsx";
import { errorWords } from "@/ui/error-words.ts";
import { authCall, signInOptions } from "./auth-call.ts";
import { signInWithPasskey } from "./passkeys.ts";
import { safePath } from "./safe-path.ts";

/** Ways in without a password: the organisation's provider, and a passkey of this device. */
export function OtherWays({ next, onDone }: { next: string | null; onDone: () => void }) {
  const options = useQuery({ queryKey: ["sign-in-options"], queryFn: signInOptions, staleTime: Number.POSITIVE_INFINITY });
  const sso = useMutation({
    mutationFn: () =>
      authCall<{ url: string }>("/sign-in/social", {
        provider: "sso",
        callbackURL: safePath(next, window.location.origin),
        errorCallbackURL: "/sign-in",
      }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: onDone });
  const error = sso.error ?? passkey.error;
  return (
    <div className="mt-6 flex flex-col gap-2 border-t border-line pt-6">
      {options.data?.sso ? (
        <Button size="lg" disabled={sso.isPending || sso.isSuccess} onClick={() => sso.mutate()}>
          Sign in with {options.data.sso.name}
        </Button>
      ) : null}
      <Button size="lg" disabled={passkey.isPending || passkey.isSuccess} onClick={() => passkey.mutate()}>
        {passkey.isPending ? "Waiting for your device" : "Use a passkey"}
      </Button>
      {error ? (
        <p role="alert" className="text-sm text-critical">
          {errorWords(error)}
        </p>
      ) : null}
    </div>
  );
}
