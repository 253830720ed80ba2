import Link from "next/link";
import type { Posture } from "@/api/views.ts";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";

/** What all figures rest on, and how old it is. */
export function Freshness({ posture }: { posture: Posture }) {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-3">
      {posture.analysedAt ? (
        <span>
          Analysed <RelativeTime instant={posture.analysedAt} />
        </span>
      ) : null}
      {posture.sources.map((source) => (
        <Link key={source.id} href={`/sources#${source.id}`} className="data-link">
          <bdi>{source.name}</bdi>:{" "}
          {source.asOf ? (
            <>
              as of <RelativeTime instant={source.asOf} />
            </>
          ) : (
            <Unknown label="never read" />
          )}
          {source.state === "ok" ? null : `, ${source.state}`}
        </Link>
      ))}
    </p>
  );
}
