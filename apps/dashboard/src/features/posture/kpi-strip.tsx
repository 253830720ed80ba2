import type { Posture } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatDecimal } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Sparkline } from "@/ui/sparkline.tsx";
import { Unknown } from "@/ui/unknown.tsx";

type Kpi = Posture["kpis"][number];

const UNIT: Readonly<Record<Kpi["unit"], string>> = { "%": "%", count: "", days: "days" };

function met(kpi: Kpi): boolean | null {
  if (kpi.value === null || kpi.target === null) return null;
  return kpi.betterIs === "higher" ? kpi.value >= kpi.target : kpi.value <= kpi.target;
}

function Target({ kpi }: { kpi: Kpi }) {
  if (kpi.target === null) return <span className="text-ink-3">No target set</span>;
  const reached = met(kpi);
  const wanted = `${kpi.betterIs === "higher" ? "at least" : "at most"} ${formatDecimal(kpi.target)}${kpi.unit === "%" ? " %" : ""}`;
  return (
    <span className={cx(reached === true ? "text-good" : "text-ink-3")}>
      {reached === true ? "Target met: " : "Target: "}
      {wanted}
    </span>
  );
}

function Tile({ kpi }: { kpi: Kpi }) {
  return (
    <Link
      href={kpi.href}
      className="group -mt-px -ml-px flex min-w-0 flex-col border-t border-l border-line px-3 py-3 -outline-offset-2 sm:px-4 transition-colors duration-120 hover:bg-hover"
    >
      <span className="text-sm text-ink-2">{kpi.label}</span>
      <span className="mt-1 flex items-end justify-between gap-2">
        {kpi.value === null ? (
          <Unknown label="Not known yet" reason={kpi.detail} className="h-9 text-base" />
        ) : (
          <span className="text-2xl font-semibold tracking-[-0.02em]">
            {formatDecimal(kpi.value)}
            {UNIT[kpi.unit] ? <span className="pl-1 text-base font-normal text-ink-3">{UNIT[kpi.unit]}</span> : null}
          </span>
        )}
        <Sparkline values={kpi.trend} label={`Trend of: ${kpi.label}`} className="mb-1.5 group-hover:text-ink-2" />
      </span>
      <span className="mt-1 text-xs">
        <Target kpi={kpi} />
      </span>
      <span className="text-xs text-pretty text-ink-3">{kpi.detail}</span>
    </Link>
  );
}

export function KpiStrip({ kpis }: { kpis: Posture["kpis"] }) {
  return (
    <nav
      aria-label="Key figures"
      data-print="tiles"
      className="grid grid-cols-2 overflow-hidden rounded-lg border border-line lg:grid-cols-3 xl:grid-cols-5"
    >
      {kpis.map((kpi) => (
        <Tile key={kpi.id} kpi={kpi} />
      ))}
    </nav>
  );
}
