"use client";

import { useTRPC, useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";

export interface MembersQuestion {
  readonly node: string;
  readonly direction: "out" | "in";
  readonly group: string | null;
  readonly search: string;
}

/** Members of a mark page by page; the next page is asked for before the end is seen. */
export function useMembers({ node, direction, group, search }: MembersQuestion) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = { node, view: direction, group, search, limit: 200 };
  const pages = usePages({
    key: [...trpc.graph.expand.pathKey(), input],
    ask: (from, options) => client.graph.expand.query({ ...input, ...from }, options),
    keepPrevious: true,
  });
  return { ...pages, total: pages.first?.total ?? null };
}
