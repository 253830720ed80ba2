"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import { plural } from "@/ui/format.ts";

export function useLoadDemo() {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.demo.load.mutationOptions({ onSuccess: ({ ingestionId }) => router.push(`/sources/imports/${ingestionId}?then=posture`) }),
  );
}

export function useRemoveDemo(onRemoved: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.demo.remove.mutationOptions({
      onSuccess: ({ identities }) => {
        toast(`The demo organisation is gone, with its ${plural(identities, "identity", "identities")}.`);
        void queryClient.invalidateQueries();
        onRemoved();
      },
    }),
  );
}
