"use client";

import { useTRPCClient, type Inputs } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";

export type CredentialFilter = NonNullable<Inputs["credentials"]["list"]["filter"]>;

const pageSize = 200;

export function useCredentialRows(filter: CredentialFilter) {
  const client = useTRPCClient();
  const pages = usePages({
    key: ["credentials", "rows", filter],
    ask: (from, options) => client.credentials.list.query({ filter, limit: pageSize, ...from }, options),
    keepPrevious: true,
  });
  return { ...pages, total: pages.first?.total ?? null };
}
