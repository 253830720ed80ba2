"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { PullSource } from "@/api/views.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { CredentialFields, readAuth } from "./credential-fields.tsx";

export function CredentialDialog({ source, onClose }: { source: PullSource; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.sources.pulls.setCredential.mutationOptions({
      onSuccess: ({ credential }) => {
        onClose();
        toast(credential === null ? "The credential is removed." : "The credential is set. The next run shows it.");
        void queryClient.invalidateQueries(trpc.sources.pulls.pathFilter());
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Credential for ${source.name}`}
      note="What was there cannot be brought back. Withdraw it at the other side too."
    >
      <form
        method="post"
        className="flex flex-col gap-4"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ id: source.id, auth: readAuth(new FormData(event.currentTarget)) });
        }}
      >
        <CredentialFields current={source.auth} />
        <ActionError error={change.error} />
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={change.isPending}>
            Set
          </Button>
          <Button onClick={onClose}>Keep what is there</Button>
        </div>
      </form>
    </Dialog>
  );
}
