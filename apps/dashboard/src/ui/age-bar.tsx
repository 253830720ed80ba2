import { cx } from "./cx.ts";
import { formatDays } from "./format.ts";
import { Unknown } from "./unknown.tsx";

/** Age against the rotation window: the tick is the window, the line runs to four windows. */
export function AgeBar({ ageDays, windowDays }: { ageDays: number | null; windowDays: number | null }) {
  if (ageDays === null) return <Unknown label="Age unknown" reason="The source does not say when this was made or last rotated." />;
  if (windowDays === null) return <span className="text-sm">{ageDays < 1 ? "Made today" : `${formatDays(ageDays)} old`}</span>;
  const late = ageDays > windowDays;
  const width = Math.min(100, (ageDays / (windowDays * 4)) * 100);
  return (
    <span className="flex items-center gap-3">
      <span aria-hidden className="relative h-1.5 w-32 shrink-0 rounded-full bg-line">
        <span
          className={cx("absolute inset-y-0 left-0 rounded-full", late ? "bg-high" : "bg-ink-3")}
          style={{ width: `${Math.max(2, width)}%` }}
        />
        <span className="absolute -inset-y-1 left-1/4 w-px bg-ink" />
      </span>
      <span className="text-sm whitespace-nowrap">
        {formatDays(ageDays)} <span className="text-ink-3">{late ? `past ${windowDays} d` : `of ${windowDays} d`}</span>
      </span>
    </span>
  );
}
