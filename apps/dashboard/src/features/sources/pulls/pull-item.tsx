"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { PullSource } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { CopyButton } from "@/ui/copy-button.tsx";
import { cx } from "@/ui/cx.ts";
import { formatDate } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { errorWords } from "@/ui/error-words.ts";
import { intervalOf, stateOf, wayOf } from "./pull-words.ts";

function CredentialLine({ source }: { source: PullSource }) {
  const { credential } = source;
  if (credential === null) return <p className="text-sm text-ink-3">Asks without a credential.</p>;
  return (
    <div className="text-sm text-ink-3">
      <p>
        {wayOf(source.auth)}, set <RelativeTime instant={credential.setAt} />
        {credential.setByName === null ? "" : " by "}
        <bdi>{credential.setByName}</bdi>
        {credential.fingerprint === null ? null : (
          <>
            , fingerprint <code className="font-mono text-xs">{credential.fingerprint.slice(4, 12)}</code>
          </>
        )}
        {credential.expiresAt === null ? "" : `, ends on ${formatDate(credential.expiresAt)}`}
        {credential.lastUsedAt === null ? (
          ", never shown yet"
        ) : (
          <>
            , last shown <RelativeTime instant={credential.lastUsedAt} />
          </>
        )}
      </p>
      {credential.problem === null ? null : <p className="text-critical">{credential.problem}.</p>}
    </div>
  );
}

function StateLine({ source }: { source: PullSource }) {
  const { words, mark } = stateOf(source);
  const { last, run } = source;
  return (
    <div className="flex items-start gap-2 text-sm text-ink-2" role="status">
      <span aria-hidden className={cx("mt-1.5 size-2 shrink-0", mark)} />
      <span className="min-w-0 break-words">
        {words}
        {run === null && last !== null ? (
          <>
            , <RelativeTime instant={last.at} />
          </>
        ) : null}
        .{" "}
        {run === null && source.lastIngestionId !== null ? (
          <Link href={`/sources/imports/${source.lastIngestionId}`} className="data-link">
            What it brought
          </Link>
        ) : null}
        {last?.missingPermission ? (
          <span className="flex flex-wrap items-center gap-1">
            Add <code className="font-mono text-xs">{last.missingPermission}</code>
            <CopyButton text={last.missingPermission} label="Copy permission" />
          </span>
        ) : null}
      </span>
    </div>
  );
}

interface PullItemProps {
  readonly source: PullSource;
  readonly mayChange: boolean;
  readonly onCredential: () => void;
  readonly onRemove: () => void;
}

export function PullItem({ source, mayChange, onCredential, onRemove }: PullItemProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: () => void queryClient.invalidateQueries(trpc.sources.pulls.pathFilter()),
    onError: (error: unknown) => void toast.error(errorWords(error)),
  };
  const start = useMutation(trpc.sources.pulls.run.mutationOptions(options));
  const stop = useMutation(trpc.sources.pulls.cancel.mutationOptions(options));
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line py-3">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-medium">{source.name}</bdi>
          <bdi className="min-w-0 truncate font-mono text-xs text-ink-3">{source.url}</bdi>
        </p>
        <StateLine source={source} />
        <CredentialLine source={source} />
        <p className="text-sm text-ink-3">
          Read {intervalOf(source.intervalHours)}; next <RelativeTime instant={source.nextRunAt} />.
        </p>
      </div>
      {mayChange ? (
        <div className="flex flex-wrap gap-2">
          {source.run === null ? (
            <Button size="sm" disabled={start.isPending} onClick={() => start.mutate({ id: source.id })}>
              Pull now
            </Button>
          ) : (
            <Button size="sm" disabled={stop.isPending} onClick={() => stop.mutate({ id: source.id })}>
              Stop
            </Button>
          )}
          <Button size="sm" tone="quiet" onClick={onCredential}>
            {source.credential === null ? "Set a credential" : "Replace credential"}
          </Button>
          <Button size="sm" tone="quiet" onClick={onRemove}>
            Remove
          </Button>
        </div>
      ) : null}
    </li>
  );
}
