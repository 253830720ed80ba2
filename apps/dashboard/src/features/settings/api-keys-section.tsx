"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";
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

function KeyItem({ apiKey, onRotate, onRevoke }: { apiKey: ApiKey; onRotate: () => void; onRevoke: () => void }) {
  const now = useNow();
  const live = apiKey.revokedAt === null && Date.parse(apiKey.expiresAt) > now;
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
      <span className="w-36 text-right text-sm">
        <KeyState apiKey={apiKey} />
      </span>
      <Button size="sm" tone="quiet" disabled={!live || apiKey.replacedBy !== null} onClick={onRotate}>
        Rotate
      </Button>
      <Button size="sm" tone="quiet" disabled={!live} onClick={onRevoke}>
        Revoke
      </Button>
    </li>
  );
}

/** Rollcall's own keys live under the rules it applies to others: named, scoped, expiring, shown once. */
export function ApiKeysSection() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.apiKeys.list.queryOptions());
  const keys = trpc.settings.apiKeys;
  const onError = (error: unknown) => void toast.error(errorWords(error));
  const revoke = useSettingsChange(keys.revoke.mutationOptions({ onError }), [keys.pathFilter()]);
  const rotate = useSettingsChange(keys.rotate.mutationOptions({ onError }), [keys.pathFilter()]);
  return (
    <Section title="API keys" aside="for the command line and for integrations">
      {query.isError ? <Failure what="The API keys" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-24" /> : null}
      {query.data?.length === 0 ? <p className="text-ink-2">No key yet.</p> : null}
      <ul>
        {query.data?.map((apiKey) => (
          <KeyItem
            key={apiKey.id}
            apiKey={apiKey}
            onRotate={() => rotate.mutate({ id: apiKey.id })}
            onRevoke={() => revoke.mutate({ id: apiKey.id })}
          />
        ))}
      </ul>
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
