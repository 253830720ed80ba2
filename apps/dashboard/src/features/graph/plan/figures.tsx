import type { Interval, WhatIf } from "@/api/views.ts";
import { formatInterval } from "@/ui/format.ts";

interface FigureProps {
  readonly label: string;
  readonly before: Interval;
  readonly after: Interval;
  readonly unit?: string;
  readonly most: number;
}

/** Before and after as two lines of one scale: the gain is a length. */
export function Figure({ label, before, after, unit = "", most }: FigureProps) {
  const part = (value: number): string => `${most === 0 ? 0 : Math.min(100, (100 * value) / most)}%`;
  const better = after.max < before.max || after.min < before.min;
  return (
    <div className="grid grid-cols-[1fr_auto] items-baseline gap-x-3 text-sm">
      <dt className="text-ink-2">{label}</dt>
      <dd className="whitespace-nowrap">
        <span className="text-ink-3">
          {formatInterval(before)}
          {unit}
        </span>
        <span aria-hidden className="px-1.5 text-ink-3">
          {"\u2192"}
        </span>
        <span className="sr-only"> would become </span>
        <span className={better ? "font-semibold text-good" : "font-semibold"}>
          {formatInterval(after)}
          {unit}
        </span>
      </dd>
      <dd aria-hidden className="relative col-span-2 mt-1 h-1.5 overflow-hidden rounded-full bg-line">
        <span className="absolute inset-y-0 left-0 bg-control" style={{ width: part(before.max) }} />
        <span className="absolute inset-y-0 left-0 bg-ink" style={{ width: part(after.max) }} />
      </dd>
    </div>
  );
}

export function Figures({ answer }: { answer: WhatIf }) {
  const { focus, risk, riskCutPct } = answer;
  const whole = (risk.before.min > 0 ? "min" : "max") as keyof Interval;
  const left = Math.round((100 - riskCutPct) * 10) / 10;
  return (
    <dl className="flex flex-col gap-3">
      {focus ? (
        <Figure label="Its blast radius" before={focus.pct.before} after={focus.pct.after} unit=" %" most={focus.pct.before.max} />
      ) : null}
      {focus?.score ? <Figure label="Its score" before={focus.score.before} after={focus.score.after} most={100} /> : null}
      <Figure
        label="Risk of the workspace"
        before={{ min: 100, max: 100 }}
        after={{ min: left, max: left }}
        unit=" %"
        most={risk.before[whole] === 0 ? 0 : 100}
      />
    </dl>
  );
}
