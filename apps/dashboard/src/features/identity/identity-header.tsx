import type { Identity } from "@/api/views.ts";
import { NativeId } from "@/ui/copy-button.tsx";
import { formatInterval, formatRelative } from "@/ui/format.ts";
import { DeceptionNote, Name } from "@/ui/name.tsx";
import { SeverityBadge } from "@/ui/severity.tsx";
import { DemoTag, Tag } from "@/ui/tag.tsx";
import { RelativeTime, useNow } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";

function Owner({ identity }: { identity: Identity }) {
  if (identity.owner === null) return <span className="font-medium">No one answers for this</span>;
  return <bdi className="font-medium">{identity.owner}</bdi>;
}

function Presence({ identity }: { identity: Identity }) {
  const now = useNow();
  if (identity.goneAt) return <Tag tone="warn">Gone from its source {formatRelative(identity.goneAt, now)}</Tag>;
  if (identity.missingSince) return <Tag tone="warn">Missing since {formatRelative(identity.missingSince, now)}</Tag>;
  return null;
}

export function IdentityHeader({ identity }: { identity: Identity }) {
  return (
    <header className="mb-5">
      <div className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
        <span>{word(identity.kind)}</span>
        <span aria-hidden className="text-ink-3">
          /
        </span>
        <span>{word(identity.provider)}</span>
        <span aria-hidden className="text-ink-3">
          /
        </span>
        <span>{identity.environment === null ? <Unknown label="Environment unknown" /> : word(identity.environment)}</span>
        {identity.tierZero ? <Tag>Controls everything (tier 0)</Tag> : null}
        {identity.demo ? <DemoTag /> : null}
        <Presence identity={identity} />
      </div>
      <h1 className="mt-1 text-xl font-semibold tracking-[-0.01em] break-words">
        <Name value={identity.name} />
      </h1>
      <DeceptionNote name={identity.name} />
      <NativeId value={identity.nativeId} className="max-w-full" />
      <dl className="mt-4 flex flex-wrap gap-x-10 gap-y-3">
        <div>
          <dt className="text-sm text-ink-3">Score</dt>
          <dd className="flex items-baseline gap-3">
            <span className="text-2xl font-semibold tracking-[-0.02em]">{formatInterval(identity.score)}</span>
            <SeverityBadge severity={identity.band} />
          </dd>
        </div>
        <div className="flex flex-col justify-between">
          <dt className="text-sm text-ink-3">Owner</dt>
          <dd className="pb-1.5">
            <Owner identity={identity} />
          </dd>
        </div>
        <div className="flex flex-col justify-between">
          <dt className="text-sm text-ink-3">Lifecycle</dt>
          <dd className="pb-1.5">{word(identity.lifecycle)}</dd>
        </div>
        <div className="flex flex-col justify-between">
          <dt className="text-sm text-ink-3">Last used</dt>
          <dd className="pb-1.5">
            {identity.lastUsedAt === null ? (
              <Unknown reason="No connected source reports its use." />
            ) : (
              <RelativeTime instant={identity.lastUsedAt} />
            )}
          </dd>
        </div>
        <div className="flex flex-col justify-between">
          <dt className="text-sm text-ink-3">As of</dt>
          <dd className="pb-1.5">
            <RelativeTime instant={identity.asOf} />, <bdi>{identity.sourceName}</bdi>
          </dd>
        </div>
      </dl>
    </header>
  );
}
