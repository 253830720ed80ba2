import type { Control } from "@/api/views.ts";
import { cx } from "./cx.ts";
import { SeverityMark } from "./severity.tsx";

/** The state of a control in a word, with a shape. "No open finding" is all that may be said: it was checked, not proven. */
export function ControlState({ status, className }: { status: Control["status"]; className?: string }) {
  const row = cx("inline-flex items-center gap-1.5 text-sm", className);
  if (status === "failing")
    return (
      <span className={cx(row, "font-medium")}>
        <SeverityMark severity="critical" />
        Failing
      </span>
    );
  if (status === "at_risk")
    return (
      <span className={row}>
        <SeverityMark severity="medium" />
        At risk
      </span>
    );
  if (status === "ok")
    return (
      <span className={cx(row, "text-good")}>
        <svg viewBox="0 0 12 12" aria-hidden className="size-2.5 shrink-0">
          <path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
        No finding
      </span>
    );
  return (
    <span className={cx(row, "text-ink-3")}>
      <span aria-hidden className="hatch size-2.5 shrink-0 border border-line-strong" />
      {status === "unknown" ? "Unknown" : "Not assessed"}
    </span>
  );
}
