"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import { Toaster } from "@/ui/toaster.tsx";
import { TRPCProvider } from "./trpc.ts";
import { useSamePageHistory } from "./use-same-page-history.ts";

function codeOf(error: unknown): string | null {
  return error instanceof TRPCClientError ? ((error.data as { code?: string } | null)?.code ?? null) : null;
}

/** A lapsed session sends the person to sign in and back to where they were. */
function leaveWhenSignedOut(error: unknown): void {
  if (codeOf(error) !== "UNAUTHORIZED" || window.location.pathname.startsWith("/sign-in")) return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

const FINAL_CODES = new Set(["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "BAD_REQUEST", "CONFLICT"]);

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      // Without a network they would wait in silence, and be sent whenever it is back: a person is told at once instead.
      mutations: { networkMode: "always" },
      queries: {
        networkMode: "always",
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !FINAL_CODES.has(codeOf(error) ?? ""),
      },
    },
  });
}

export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  useSamePageHistory();
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(() => createTRPCClient<AppRouter>({ links: [httpLink({ url: "/trpc" })] }));
  return (
    <CSPProvider nonce={nonce}>
      <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
            <NuqsAdapter>{children}</NuqsAdapter>
            <Toaster />
          </TRPCProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </CSPProvider>
  );
}
