"use client";

import type { Posture } from "@/api/views.ts";
import { ChartFrame } from "@/ui/chart-frame.tsx";
import { formatDecimal, plural } from "@/ui/format.ts";
import { LineChart } from "@/ui/line-chart.tsx";

const HEIGHT = 220;

function sentence(trend: Posture["trend"]): string {
  const known = trend.filter((point) => point.score !== null);
  const first = known[0]?.score;
  const last = known.at(-1)?.score;
  if (first === undefined || first === null || last === undefined || last === null || known.length < 2)
    return "The trend starts with today's point";
  const days = Math.round((Date.parse(known.at(-1)?.date ?? "") - Date.parse(known[0]?.date ?? "")) / 86_400_000);
  const change = last - first;
  if (Math.abs(change) < 0.1) return `Posture has stayed at ${formatDecimal(last)} over ${plural(days, "day")}`;
  return `Posture ${change > 0 ? "rose" : "fell"} from ${formatDecimal(first)} to ${formatDecimal(last)} over ${plural(days, "day")}`;
}

export function TrendChart({ trend }: { trend: Posture["trend"] }) {
  const lines = [
    { label: "Completeness", values: trend.map((point) => point.completeness), tone: "text-ink-3", dashed: true },
    { label: "Posture", values: trend.map((point) => point.score), tone: "text-accent" },
  ];
  return (
    <ChartFrame
      sentence={sentence(trend)}
      name="posture-trend"
      height={HEIGHT}
      table={{
        columns: ["Date", "Posture", "Completeness %", "Critical open", "High open"],
        rows: trend.map((point) => [point.date, point.score, point.completeness, point.critical, point.high]),
      }}
    >
      <LineChart
        dates={trend.map((point) => point.date)}
        lines={lines}
        max={100}
        height={HEIGHT}
        label={sentence(trend)}
        format={(value) => formatDecimal(value)}
      />
    </ChartFrame>
  );
}
