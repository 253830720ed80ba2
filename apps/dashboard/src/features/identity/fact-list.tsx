import type { Fact } from "@/api/views.ts";
import { formatExact } from "@/ui/format.ts";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function FactValue({ fact }: { fact: Fact }) {
  if ("unknown" in fact) {
    return (
      <div>
        <Unknown />
        <p className="measure text-sm text-ink-2">{fact.unknown}</p>
        <p className="measure text-sm text-ink-3">{fact.howToKnow}</p>
      </div>
    );
  }
  return (
    <div title={`${fact.source}, ${formatExact(fact.observedAt)}`}>
      {INSTANT.test(fact.value) ? <RelativeTime instant={fact.value} /> : <bdi className="break-words">{fact.value}</bdi>}
      <p className="text-xs text-ink-3">
        {fact.source}, <RelativeTime instant={fact.observedAt} />
      </p>
    </div>
  );
}

/** Each fact with where it comes from and how old it is; an unknown one says why, and how to make it known. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl>
      {facts.map((fact) => (
        <div key={fact.path} className="grid grid-cols-[minmax(96px,150px)_1fr] gap-4 border-b border-line py-2 last:border-b-0">
          <dt className="text-sm text-ink-3">{fact.label}</dt>
          <dd className="min-w-0">
            <FactValue fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
