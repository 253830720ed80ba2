import type { Band, Interval, ScoreTerm } from "@/api/views.ts";
import { cx } from "./cx.ts";
import { formatInterval } from "./format.ts";
import { SeverityMark } from "./severity.tsx";

const BAND_FILL: Readonly<Record<Band, string>> = { critical: "bg-critical", high: "bg-high", medium: "bg-medium", low: "bg-low" };

/** 0-100 on a line: solid up to the lower end, hatched up to the upper end. */
export function ScoreTrack({ score, band, className }: { score: Interval; band: Band; className?: string }) {
  return (
    <span aria-hidden className={cx("relative block h-1.5 overflow-hidden rounded-full bg-line", className)}>
      <span className={cx("absolute inset-y-0 left-0", BAND_FILL[band])} style={{ width: `${score.min}%` }} />
      <span className="hatch absolute inset-y-0" style={{ left: `${score.min}%`, width: `${Math.max(0, score.max - score.min)}%` }} />
    </span>
  );
}

/** The score as a table shows it: shape, figures, line. */
export function ScoreCell({ score, band }: { score: Interval; band: Band }) {
  return (
    <span className="flex items-center gap-2" title={`${band}, ${formatInterval(score)} of 100`}>
      <SeverityMark severity={band} />
      <span className="w-13 font-medium whitespace-nowrap">{formatInterval(score)}</span>
      <ScoreTrack score={score} band={band} className="w-12 shrink-0" />
      <span className="sr-only">{band}</span>
    </span>
  );
}

/** From -> to, on one line, so that the gain is a length. */
export function ScoreDrop({ from, to }: { from: Interval; to: Interval }) {
  return (
    <span className="flex items-center gap-3">
      <span className="relative h-1.5 w-24 shrink-0 overflow-hidden rounded-full bg-line max-sm:hidden" aria-hidden>
        <span className="absolute inset-y-0 left-0 bg-accent/40" style={{ width: `${from.max}%` }} />
        <span className="absolute inset-y-0 left-0 bg-ink-2" style={{ width: `${to.max}%` }} />
      </span>
      <span className="whitespace-nowrap text-sm">
        <span className="text-ink-3">{formatInterval(from)}</span>
        <span aria-hidden className="px-1 text-ink-3">
          {"\u2192"}
        </span>
        <span className="sr-only"> to </span>
        <span className="font-medium">{formatInterval(to)}</span>
      </span>
    </span>
  );
}

/** Shades of one colour: the terms are parts of one sum, and none of them is a severity. */
const TERM_TONES = ["bg-accent", "bg-accent/75", "bg-accent/55", "bg-accent/40", "bg-accent/28", "bg-accent/65", "bg-accent/45"];

export function termTone(index: number): string {
  return TERM_TONES[index % TERM_TONES.length] ?? "bg-accent";
}

/** The whole score as one line of 100, its terms stacked in order; the part that unknown facts could add is hatched. */
export function ScoreStack({ terms, score }: { terms: readonly ScoreTerm[]; score: Interval }) {
  const open = Math.max(0, score.max - score.min);
  return (
    <div>
      <div className="flex h-4 overflow-hidden rounded-sm bg-line" role="img" aria-label={`Score ${formatInterval(score)} of 100`}>
        {terms.map((term, index) =>
          term.min > 0 ? (
            <span
              key={term.id}
              title={`${term.label}: ${term.min}`}
              className={cx("border-r border-paper", termTone(index))}
              style={{ width: `${term.min}%` }}
            />
          ) : null,
        )}
        <span className="hatch" title="Could be added by facts that are not known" style={{ width: `${open}%` }} />
      </div>
      <div className="mt-1 flex justify-between text-xs text-ink-3" aria-hidden>
        <span>0</span>
        <span>100</span>
      </div>
    </div>
  );
}
