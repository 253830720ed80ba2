import type { Severity } from "@/api/views.ts";
import { cx } from "./cx.ts";

const SHAPES: Readonly<Record<Severity, { path: string; fill: string }>> = {
  critical: { path: "M6 0.5 11.5 6 6 11.5 0.5 6Z", fill: "fill-critical" },
  high: { path: "M6 1 11.5 10.8H0.5Z", fill: "fill-high" },
  medium: { path: "M1.5 1.5h9v9h-9Z", fill: "fill-medium" },
  low: { path: "M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9Z", fill: "fill-low" },
  info: { path: "M1.5 4.75h9v2.5h-9Z", fill: "fill-info" },
};

export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const satisfies readonly Severity[];

/** Each severity has its own shape, so that it can be told without colour. */
export function SeverityMark({ severity, className }: { severity: Severity; className?: string }) {
  const { path, fill } = SHAPES[severity];
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cx("size-2.5 shrink-0", fill, className)}>
      <path d={path} />
    </svg>
  );
}

export function SeverityBadge({ severity, className }: { severity: Severity; className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-sm capitalize", severity === "critical" && "font-medium", className)}>
      <SeverityMark severity={severity} />
      {severity}
    </span>
  );
}
