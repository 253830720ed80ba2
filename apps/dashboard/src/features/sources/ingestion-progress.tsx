import type { Ingestion } from "@/api/views.ts";
import { DownloadLink } from "@/ui/button.tsx";
import { countOfTotal } from "@/ui/count-words.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, formatExact } from "@/ui/format.ts";
import { word } from "@/ui/words.ts";

type Sync = Ingestion["syncs"][number];

const BASIS: Readonly<Record<string, string>> = {
  given: "the date you gave",
  file_content: "the date in the files",
  file_time: "the time of the files",
  received: "when it arrived",
};

function Progress({ sync }: { sync: Sync }) {
  const known = sync.total !== null && sync.total > 0;
  const share = known ? Math.min(100, (sync.done / (sync.total ?? 1)) * 100) : 0;
  return (
    <div>
      <div
        role="progressbar"
        aria-label={`Import of ${sync.sourceName}`}
        aria-valuemin={0}
        aria-valuemax={sync.total ?? undefined}
        aria-valuenow={known ? sync.done : undefined}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <span
          className={cx(
            "block h-full rounded-full bg-accent transition-[width] duration-180",
            !known && "motion-breathe w-full opacity-40",
          )}
          style={known ? { width: `${share}%` } : undefined}
        />
      </div>
      <p className="mt-1 text-sm text-ink-2">
        {word(sync.phase)}: {formatCount(sync.done)}
        {sync.total === null ? "" : ` of ${formatCount(sync.total)}`}
      </p>
    </div>
  );
}

function Counts({ counts }: { counts: NonNullable<Sync["counts"]> }) {
  const parts: readonly (readonly [string, number])[] = [
    ["New", counts.added],
    ["Changed", counts.changed],
    ["Unchanged", counts.unchanged],
    ["Not listed any more", counts.markedAbsent],
    ["Removed", counts.removed],
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {parts.map(([label, value]) => (
        <div key={label}>
          <dt className="text-sm text-ink-3">{label}</dt>
          <dd className="text-xl font-semibold">{formatCount(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rejected({ sync, ingestionId }: { sync: Sync; ingestionId: string }) {
  if (sync.rejectedTotal === 0) return null;
  return (
    <div>
      <h3 className="text-sm font-medium">
        {sync.rejectedTotal === 1 ? "One record could not be read" : `${formatCount(sync.rejectedTotal)} records could not be read`}
      </h3>
      <ul className="mt-1">
        {sync.rejected.map((record) => (
          <li key={record.where + record.code} className="border-b border-line py-1.5 text-sm last:border-b-0">
            <bdi className="font-mono text-xs text-ink-3">{record.where}</bdi>
            <span className="block first-letter:uppercase">{record.message}</span>
          </li>
        ))}
      </ul>
      {sync.rejectedTotal > sync.rejected.length ? (
        <p className="mt-1 text-sm text-ink-3">These are the first {formatCount(sync.rejected.length)}.</p>
      ) : null}
      <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-ink-3">
        <DownloadLink href={`/api/v1/ingestions/${ingestionId}/rejected?format=csv`}>Download what was left out (CSV)</DownloadLink>
        All other records were imported. Put right at the source what is listed here, and import it again.
      </p>
    </div>
  );
}

export function SyncReport({ sync, running, ingestionId }: { sync: Sync; running: boolean; ingestionId: string }) {
  const totals = Object.entries(sync.totals);
  return (
    <section className="flex flex-col gap-4 border-t border-line py-5">
      <div>
        <h2 className="text-lg font-semibold">
          <bdi>{sync.sourceName}</bdi>
        </h2>
        <p className="text-sm text-ink-3">
          {word(sync.connector)}, as of {formatExact(sync.asOf)}, {BASIS[sync.asOfBasis] ?? sync.asOfBasis}
        </p>
      </div>
      {running ? <Progress sync={sync} /> : null}
      {totals.length > 0 ? (
        <p className="measure text-ink-2">The files contain {totals.map(([key, count]) => countOfTotal(key, count)).join(", ")}.</p>
      ) : null}
      {sync.counts ? <Counts counts={sync.counts} /> : null}
      {sync.notes.map((note) => (
        <p key={note} className="measure text-sm wrap-anywhere text-ink-2">
          {note}
        </p>
      ))}
      <Rejected sync={sync} ingestionId={ingestionId} />
    </section>
  );
}
