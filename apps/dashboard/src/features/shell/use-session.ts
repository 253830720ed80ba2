"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Session } from "@/api/views.ts";

export function useSessionQuery() {
  const trpc = useTRPC();
  return useQuery(trpc.session.me.queryOptions(undefined, { staleTime: 60_000 }));
}

export function useSession(): Session | undefined {
  return useSessionQuery().data;
}

/** What the viewer's role lets them do; the API decides, this only hides what it would refuse. */
export function useMay(): { triage: boolean; import: boolean; administer: boolean } {
  const session = useSession();
  const role = session?.role;
  const whole = session?.limitedTo === null;
  return {
    triage: role !== undefined && role !== "auditor",
    import: whole && (role === "admin" || role === "analyst"),
    administer: role === "admin",
  };
}
