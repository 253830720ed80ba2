"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/api/trpc.ts";
import { formatCount, formatInterval } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { graphHref } from "../graph-state.ts";

const ROLES: Readonly<Record<string, string>> = {
  vault: "vault",
  pipeline: "pipeline",
  identity_provider: "identity provider",
  cluster: "cluster",
  account: "account",
  platform: "platform",
};
const SHOWN = 8;

/** What is lost together with each vault, pipeline, cluster or identity provider. */
export function ControlPlanes() {
  const trpc = useTRPC();
  const query = useQuery(trpc.graph.controlPlanes.queryOptions());
  return (
    <Section title="If a control plane is lost" aside="share of everything">
      {query.isError ? (
        <Failure what="The control planes" error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-64" />
      ) : query.data.length === 0 ? (
        <p className="text-ink-2">No vault, pipeline, cluster or identity provider is known that controls others.</p>
      ) : (
        <ul className="-mt-3">
          {query.data.slice(0, SHOWN).map((plane) => (
            <li key={plane.node.key} className="border-b border-line">
              <Link href={graphHref(plane.node.key)} className="block py-2 hover:bg-hover">
                <span className="flex items-baseline justify-between gap-3">
                  <bdi className="min-w-0 truncate font-medium" title={plane.node.label}>
                    {plane.node.label}
                  </bdi>
                  <span className="text-sm font-semibold whitespace-nowrap">{formatInterval(plane.pct)} %</span>
                </span>
                <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-line">
                  <span className="block h-full bg-ink-3" style={{ width: `${plane.pct.max}%` }} />
                </span>
                <span className="mt-1 block text-xs text-ink-3">
                  {ROLES[plane.role] ?? plane.role}; acts as {formatCount(plane.controls)}, {formatCount(plane.controlledBy)} can take it
                  over
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
