"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { CopyButton } from "@/ui/copy-button.tsx";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { FederationForm } from "./federation-form.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

type Federation = Outputs["settings"]["federations"]["list"][number];

const conditionWords = (federation: Federation): string =>
  federation.conditions.map(({ claim, match, value }) => `${claim} ${match === "glob" ? "like" : "is"} ${value}`).join(", ");

function FederationItem({ federation, onRevoke }: { federation: Federation; onRevoke: () => void }) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 basis-64">
        <span className="block truncate font-medium">
          <bdi>{federation.name}</bdi> <span className="font-normal text-ink-3">for {federation.serviceUserName}</span>
        </span>
        <bdi className="block text-sm text-ink-3">
          {new URL(federation.issuer).host}, {conditionWords(federation)}; {federation.scopes.join(", ")}, {federation.tokenMinutes} min
        </bdi>
        <span className="flex items-center gap-1 font-mono text-xs text-ink-3">
          <span className="min-w-0 truncate">{federation.id}</span>{" "}
          <CopyButton text={federation.id} label={`Copy the id of ${federation.name}`} />
        </span>
      </span>
      <span className="text-sm text-ink-3">
        {federation.lastUsedAt ? (
          <>
            used <RelativeTime instant={federation.lastUsedAt} />
          </>
        ) : (
          "never used"
        )}
      </span>
      {federation.revokedAt ? (
        <span className="text-sm text-ink-3">
          revoked <RelativeTime instant={federation.revokedAt} />
        </span>
      ) : null}
      {federation.revokedAt === null ? (
        <Button size="sm" tone="quiet" className="max-sm:-ml-2" onClick={onRevoke}>
          Revoke<span className="sr-only"> {federation.name}</span>
        </Button>
      ) : null}
    </li>
  );
}

/** Jobs that come in with what their CI service signs, so that no key has to be stored there. */
export function FederationsSection() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.federations.list.queryOptions());
  const users = useQuery(trpc.settings.serviceUsers.list.queryOptions());
  const revoke = useSettingsChange(trpc.settings.federations.revoke.mutationOptions(), [trpc.settings.federations.pathFilter()]);
  const [revoking, setRevoking] = useState<Federation | null>(null);
  const owners = users.data?.filter(({ disabledAt }) => disabledAt === null) ?? [];
  return (
    <Section title="Jobs without keys" aside="OpenID Connect federation for CI">
      {query.isError ? <Failure what="The federations" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-5 max-lg:h-10 max-sm:h-15" /> : null}
      {query.data?.length === 0 ? (
        <p className="text-ink-2">
          None yet. A job shows the token that its CI service signs and gets one of ours for a few minutes: no key to store, leak or rotate.
        </p>
      ) : null}
      <ul>
        {query.data?.map((federation) => (
          <FederationItem key={federation.id} federation={federation} onRevoke={() => setRevoking(federation)} />
        ))}
      </ul>
      {revoking ? (
        <RemovalDialog
          title={`Revoke ${revoking.name}?`}
          note="These jobs get no further token, and those they have are refused from the next request on. It cannot be brought back; trust the jobs again if that was wrong."
          verb={["Revoke", "Revoking"]}
          removal={revoke}
          onRemove={() => revoke.mutate({ id: revoking.id }, { onSuccess: () => setRevoking(null) })}
          onClose={() => setRevoking(null)}
        />
      ) : null}
      {owners.length > 0 ? (
        <FederationForm owners={owners} />
      ) : (
        <p className="mt-3 text-sm text-ink-3">Add a service user first: jobs come in as one.</p>
      )}
    </Section>
  );
}
