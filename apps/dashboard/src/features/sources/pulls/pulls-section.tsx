"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { PullSource } from "@/api/views.ts";
import { useMay } from "@/features/shell/use-session.ts";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure } from "@/ui/states.tsx";
import { CredentialDialog } from "./credential-dialog.tsx";
import { PullItem } from "./pull-item.tsx";

const POLL_MS = 1_000;
const runs = (sources: readonly PullSource[] | undefined): boolean => sources?.some(({ run }) => run !== null) ?? false;

/** Addresses that Rollcall reads by itself. Nothing where there are none: the way there stands in the title of the page. */
export function PullsSection() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const [changing, setChanging] = useState<PullSource | null>(null);
  const [removing, setRemoving] = useState<PullSource | null>(null);
  const query = useQuery(
    trpc.sources.pulls.list.queryOptions(undefined, { refetchInterval: ({ state }) => (runs(state.data) ? POLL_MS : false) }),
  );
  // What a reading brought shows in the lists beside it.
  const running = runs(query.data);
  useEffect(() => {
    if (!running) void queryClient.invalidateQueries(trpc.ingestions.list.pathFilter());
    if (!running) void queryClient.invalidateQueries(trpc.sources.list.pathFilter());
  }, [running, queryClient, trpc]);
  if (query.isError) return <Failure what="The addresses" error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title="Read from an address">
      <ul>
        {query.data.map((source) => (
          <PullItem
            key={source.id}
            source={source}
            mayChange={may.administer}
            onCredential={() => setChanging(source)}
            onRemove={() => setRemoving(source)}
          />
        ))}
      </ul>
      {changing === null ? null : <CredentialDialog source={changing} onClose={() => setChanging(null)} />}
      {removing === null ? null : <RemovePull source={removing} onClose={() => setRemoving(null)} />}
    </Section>
  );
}

function RemovePull({ source, onClose }: { source: PullSource; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.sources.pulls.remove.mutationOptions({
      onSuccess: () => {
        onClose();
        void queryClient.invalidateQueries(trpc.sources.pulls.pathFilter());
      },
    }),
  );
  return (
    <RemovalDialog
      title={`Stop reading ${source.name}?`}
      note="Its credential is forgotten; withdraw it at the other side too. What was read stays until its source is removed from the list above."
      removal={remove}
      onRemove={() => remove.mutate({ id: source.id })}
      onClose={onClose}
    />
  );
}
