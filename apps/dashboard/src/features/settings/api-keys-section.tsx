"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { plural } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime, useNow } from "@/ui/time.tsx";
import { errorWords } from "@/ui/error-words.ts";
import { ApiKeyForm } from "./api-key-form.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

type ApiKey = Outputs["settings"]["apiKeys"]["list"][number];

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const now = useNow();
  if (apiKey.revokedAt)
    return (
      <span className="text-ink-3">
        revoked <RelativeTime instant={apiKey.revokedAt} />
      </span>
    );
  if (Date.parse(apiKey.expiresAt) < now)
    return (
      <span className="text-ink-3">
        expired <RelativeTime instant={apiKey.expiresAt} />
      </span>
    );
  return (
    <span>
      expires <RelativeTime instant={apiKey.expiresAt} />
    </span>
  );
}

/** What narrows a key beyond its scopes. */
function limitsOf({ networks, sources }: ApiKey): string {
  const parts = [
    ...(networks.length > 0 ? [`from ${networks.join(", ")}`] : []),
    ...(sources.length > 0 ? [`imports ${sources.join(", ")}`] : []),
  ];
  return parts.length === 0 ? "" : `, ${parts.join(", ")}`;
}

const isLive = ({ revokedAt, expiresAt }: ApiKey, now: number): boolean => revokedAt === null && Date.parse(expiresAt) > now;

function KeyItem({ apiKey, onRotate, onRevoke }: { apiKey: ApiKey; onRotate: () => void; onRevoke: () => void }) {
  const now = useNow();
  const live = isLive(apiKey, now);
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 basis-48">
        <bdi className="block truncate font-medium">{apiKey.name}</bdi>
        <span className="text-sm text-ink-3">
          <span className="font-mono text-xs">{apiKey.keyId}</span>, {apiKey.scopes.join(", ")}
          {limitsOf(apiKey)}
          {apiKey.replacedBy !== null && live ? ", replaced, ends with the overlap" : ""}
        </span>
      </span>
      <span className="text-sm text-ink-3">
        {apiKey.lastUsedAt ? (
          <>
            used <RelativeTime instant={apiKey.lastUsedAt} />
          </>
        ) : (
          "never used"
        )}
      </span>
      <span className="text-sm sm:w-36 sm:text-right">
        <KeyState apiKey={apiKey} />
      </span>
      {live ? (
        <span className="flex max-sm:-ml-2">
          <Button size="sm" tone="quiet" disabled={apiKey.replacedBy !== null} onClick={onRotate}>
            Rotate<span className="sr-only"> {apiKey.name}</span>
          </Button>
          <Button size="sm" tone="quiet" onClick={onRevoke}>
            Revoke<span className="sr-only"> {apiKey.name}</span>
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const keys = useTRPC().settings.apiKeys;
  const revoke = useSettingsChange(keys.revoke.mutationOptions(), [keys.pathFilter()]);
  return (
    <RemovalDialog
      title={`Revoke ${apiKey.name}?`}
      note="Whatever calls Rollcall with it is refused from the next request on. A revoked key cannot be brought back; rotate it instead to change over without a gap."
      verb={["Revoke", "Revoking"]}
      removal={revoke}
      onRemove={() => revoke.mutate({ id: apiKey.id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

/** Rollcall's own keys live under the rules it applies to others: named, scoped, expiring, shown once. */
export function ApiKeysSection() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.apiKeys.list.queryOptions());
  const keys = trpc.settings.apiKeys;
  const onError = (error: unknown) => void toast.error(errorWords(error));
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const now = useNow();
  const rotate = useSettingsChange(keys.rotate.mutationOptions({ onError }), [keys.pathFilter()]);
  const [live, ended] = [true, false].map((wanted) => (query.data ?? []).filter((key) => isLive(key, now) === wanted)) as [
    ApiKey[],
    ApiKey[],
  ];
  const item = (apiKey: ApiKey) => (
    <KeyItem key={apiKey.id} apiKey={apiKey} onRotate={() => rotate.mutate({ id: apiKey.id })} onRevoke={() => setRevoking(apiKey)} />
  );
  return (
    <Section title="API keys" aside="for the command line and for integrations">
      {query.isError ? <Failure what="The API keys" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-[54px] max-lg:h-[107px]" /> : null}
      {live.length === 0 && query.data ? (
        <p className="text-ink-2">No key works now. Create one below for each tool that calls Rollcall.</p>
      ) : null}
      <ul>{live.map(item)}</ul>
      {ended.length > 0 ? (
        <details className="mt-2">
          <summary className="cursor-pointer text-sm text-ink-2">{plural(ended.length, "key has", "keys have")} ended</summary>
          <ul>{ended.map(item)}</ul>
        </details>
      ) : null}
      {revoking ? <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} /> : null}
      {rotate.data ? (
        <ShownOnce
          label={`New key for ${rotate.data.apiKey.name}`}
          value={rotate.data.key}
          note="The old one works for 24 more hours. Roll this one out, then revoke the old one or let it end."
        />
      ) : null}
      <ApiKeyForm />
    </Section>
  );
}
