import type { Posture } from "@/api/views.ts";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { RelativeTime } from "@/ui/time.tsx";

type Source = Posture["sources"][number];

/** More names than this would hide what matters: which ones are old or incomplete. */
const NAMED = 3;

const WORDS: Readonly<Record<string, string>> = {
  degraded: "read in part",
  failing: "failing",
  held: "waits for you",
  never: "never read",
  syncing: "being read",
};

function Named({ source }: { source: Source }) {
  return (
    <Link href={`/sources#${source.id}`} className="data-link">
      <bdi>{source.name}</bdi>
      {source.asOf ? (
        <>
          {" "}
          as of <RelativeTime instant={source.asOf} />
        </>
      ) : null}
      {source.state === "ok" ? null : `, ${WORDS[source.state] ?? source.state}`}
    </Link>
  );
}

function Summary({ sources }: { sources: readonly Source[] }) {
  const dates = sources.flatMap((source) => (source.asOf ? [source.asOf] : [])).sort();
  const oldest = dates[0];
  return (
    <Link href="/sources" className="data-link">
      {plural(sources.length, "source")}
      {oldest ? (
        <>
          , the oldest as of <RelativeTime instant={oldest} />
        </>
      ) : null}
    </Link>
  );
}

/** What all figures rest on, and how old it is. */
export function Freshness({ posture }: { posture: Posture }) {
  const { sources } = posture;
  const named = sources.length <= NAMED ? sources : sources.filter((source) => source.state !== "ok").slice(0, NAMED);
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-3">
      {posture.analysedAt ? (
        <span>
          Analysed <RelativeTime instant={posture.analysedAt} />
        </span>
      ) : null}
      {sources.length > NAMED ? <Summary sources={sources} /> : null}
      {named.map((source) => (
        <Named key={source.id} source={source} />
      ))}
    </p>
  );
}
