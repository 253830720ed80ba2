"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC, useTRPCClient } from "@/api/trpc.ts";
import type { OwnSession, OwnSessions } from "@/api/views.ts";
import { Button, ButtonLink } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { errorWords } from "@/ui/error-words.ts";
import { TextField } from "@/ui/field.tsx";
import { plural } from "@/ui/format.ts";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { sessionName } from "./session-name.ts";

interface EndSessionsProps {
  /** Which one; all but this browser's when there are several. */
  readonly sessions: readonly OwnSession[];
  readonly proof: OwnSessions["proof"];
  readonly onClose: () => void;
}

function useEnding({ sessions, onClose }: EndSessionsProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [only] = sessions.length === 1 ? sessions : [];
  return useMutation({
    mutationFn: async (password: string | null): Promise<number> => {
      if (only === undefined) return (await client.session.endOthers.mutate({ password })).ended;
      await client.session.end.mutate({ id: only.id, password });
      return 1;
    },
    onSuccess: (ended) => {
      toast(ended === 1 ? "Session ended" : `${plural(ended, "session")} ended`);
      onClose();
    },
    // Also after a refusal: it may have ended by itself in between.
    onSettled: () => void queryClient.invalidateQueries(trpc.session.list.queryFilter()),
  });
}

function wordsOf(sessions: readonly OwnSession[], proof: OwnSessions["proof"]) {
  const one = sessions.length === 1;
  const advice = one
    ? "If you do not know it, change your password as well."
    : "If you do not know one of them, change your password as well.";
  const effect = one
    ? `${sessionName(sessions[0]!)} is signed out with its next request.`
    : "Those browsers are signed out with their next request. This one stays signed in.";
  return {
    title: one ? "End this session?" : `End ${plural(sessions.length, "other session")}?`,
    note: proof === "password" ? `${effect} ${advice}` : effect,
    keep: one ? "Keep it" : "Keep them",
  };
}

/** Asked before a browser is signed out from here; with the password where there is one, so that a browser left open ends nobody's others. */
export function EndSessionsDialog(props: EndSessionsProps) {
  const { sessions, proof, onClose } = props;
  const ending = useEnding(props);
  const { title, note, keep } = wordsOf(sessions, proof);
  if (proof === "sign_in") return <SignInFirst onClose={onClose} />;
  if (proof === "none")
    return (
      <RemovalDialog
        title={title}
        note={note}
        verb={["End", "Ending"]}
        removal={ending}
        onRemove={() => ending.mutate(null)}
        onClose={onClose}
      />
    );
  return (
    <Dialog open onClose={onClose} title={title} note={note}>
      <form
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          ending.mutate(String(new FormData(event.currentTarget).get("password")));
        }}
      >
        <TextField
          label="Your password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
          className="max-w-64"
          error={ending.error ? errorWords(ending.error) : undefined}
        />
        <div className="mt-4 flex gap-2">
          <Button type="submit" tone="danger" disabled={ending.isPending}>
            {ending.isPending ? "Ending" : "End"}
          </Button>
          <Button onClick={onClose}>{keep}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function SignInFirst({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Sign in again first"
      note="You have no password here that could be asked for, and you signed in more than 10 minutes ago. Sign in once more, then end the session."
    >
      <div className="flex gap-2">
        <ButtonLink tone="primary" href="/sign-in?next=/settings/sessions">
          Sign in again
        </ButtonLink>
        <Button onClick={onClose}>Not now</Button>
      </div>
    </Dialog>
  );
}
