"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Ingestion } from "@/api/views.ts";

const POLL_MS = 1_000;

export function isRunning(ingestion: Pick<Ingestion, "status">): boolean {
  return ingestion.status === "pending" || ingestion.status === "processing";
}

/** Follows an import while it runs. When it ends, everything that was shown before is stale. */
export function useIngestion(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const query = useQuery(
    trpc.ingestions.get.queryOptions(
      { id },
      { staleTime: 0, refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : POLL_MS) },
    ),
  );
  const ended = query.data !== undefined && !isRunning(query.data);
  useEffect(() => {
    if (ended)
      void queryClient.invalidateQueries({
        predicate: ({ queryKey }) => JSON.stringify(queryKey[0]) !== JSON.stringify(["ingestions", "get"]),
      });
  }, [ended, queryClient]);
  return query;
}
