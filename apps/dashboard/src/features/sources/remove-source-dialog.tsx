"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Source } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { plural } from "@/ui/format.ts";

export function RemoveSourceDialog({ source, onClose }: { source: Source | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.sources.remove.mutationOptions({
      onSuccess: ({ identities }) => {
        onClose();
        toast(`Removed, with ${plural(identities, "identity", "identities")}.`);
        void queryClient.invalidateQueries();
      },
    }),
  );
  if (!source) return null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${source.name}?`}
      note={`Its ${plural(source.identities, "identity", "identities")}, their findings and their tasks go with it. Import its files again to bring them back; what people stated about them does not come back.`}
    >
      {remove.isError ? (
        <p role="alert" className="mb-3 text-sm text-critical">
          {remove.error.message}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button tone="danger" disabled={remove.isPending} onClick={() => remove.mutate({ id: source.id })}>
          Remove
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  );
}
