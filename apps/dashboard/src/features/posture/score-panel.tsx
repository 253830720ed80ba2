import type { Posture } from "@/api/views.ts";
import { formatCount, formatDecimal } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Unknown } from "@/ui/unknown.tsx";

function Part({ label, value, share, swatch, href }: { label: string; value: number; share: number; swatch: string; href: string }) {
  return (
    <Link href={href} className="group flex flex-col gap-0.5">
      <span className="flex items-center gap-1.5 text-sm text-ink-3">
        <span aria-hidden className={`size-2.5 rounded-[2px] ${swatch}`} />
        {label}
      </span>
      <span className="text-base">
        <span className="data-link font-medium">{formatCount(value)}</span> <span className="text-ink-3">{formatDecimal(share)} %</span>
      </span>
    </Link>
  );
}

/** The score is the share of passed among answered checks, drawn as exactly that: one line of all checks. */
export function ScorePanel({ posture }: { posture: Posture }) {
  const { pass, fail, unknown } = posture.verdicts;
  const all = Math.max(1, pass + fail + unknown);
  const share = (value: number) => (value / all) * 100;
  return (
    <section aria-label="Score" className="min-w-0">
      <div className="flex flex-wrap items-end gap-x-12 gap-y-3">
        <div>
          <p className="text-sm text-ink-3">Posture</p>
          <p className="text-2xl font-semibold tracking-[-0.02em]">
            {posture.score === null ? <Unknown /> : formatDecimal(posture.score)}{" "}
            <span className="text-lg font-normal text-ink-3">of 100</span>
          </p>
        </div>
        <div>
          <p className="text-sm text-ink-3">Data completeness</p>
          <p className="text-2xl font-semibold tracking-[-0.02em]">
            {formatDecimal(posture.completeness)} <span className="text-lg font-normal text-ink-3">% of checks answered</span>
          </p>
        </div>
      </div>
      <div
        role="img"
        aria-label={`${pass} checks passed, ${fail} failed, ${unknown} could not be answered`}
        className="mt-4 flex h-4 overflow-hidden rounded-sm bg-line"
      >
        <span className="bg-good-fill" style={{ width: `${share(pass)}%` }} />
        <span className="border-l-2 border-paper bg-high" style={{ width: `${share(fail)}%` }} />
        <span className="hatch border-l-2 border-paper" style={{ width: `${share(unknown)}%` }} />
      </div>
      <div className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
        <Part label="Checks passed" value={pass} share={share(pass)} swatch="bg-good-fill" href="/frameworks" />
        <Part label="Failed" value={fail} share={share(fail)} swatch="bg-high" href="/findings" />
        <Part
          label="Could not be answered"
          value={unknown}
          share={share(unknown)}
          swatch="hatch border border-line-strong"
          href="/findings?show=unknown"
        />
      </div>
      <p className="measure mt-4 text-sm text-ink-3">{posture.formula}</p>
    </section>
  );
}
