"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Source } from "@/api/views.ts";
import { plural } from "@/ui/format.ts";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";

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
    <RemovalDialog
      title={`Remove ${source.name}?`}
      note={`Its ${plural(source.identities, "identity", "identities")}, their findings and their tasks go with it. Import its files again to bring them back; what people stated about them does not come back.`}
      removal={remove}
      onRemove={() => remove.mutate({ id: source.id })}
      onClose={onClose}
    />
  );
}
