"use client";

import { useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";
import type { IdentityFilter, IdentitySort } from "@/api/views.ts";

const pageSize = 200;

interface Ordered {
  readonly filter: IdentityFilter;
  readonly sort: IdentitySort;
  readonly direction: "asc" | "desc";
}

export function useIdentityRows(order: Ordered) {
  const client = useTRPCClient();
  const pages = usePages({
    key: ["identities", "rows", order],
    ask: (from, options) => client.identities.list.query({ ...order, limit: pageSize, ...from }, options),
    keepPrevious: true,
  });
  return { ...pages, total: pages.first?.total ?? null };
}
