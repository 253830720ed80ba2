import { cx } from "./cx.ts";

/** Says that something is not known, and why when that is known. Never an empty cell. */
export function Unknown({ reason, label = "Unknown", className }: { reason?: string; label?: string; className?: string }) {
  return (
    <span title={reason} className={cx("inline-flex items-center gap-1.5 text-ink-3", className)}>
      <span aria-hidden className="hatch inline-block h-2.5 w-4 rounded-[2px] border border-line-strong" />
      {label}
    </span>
  );
}

/** Known, and there is none. */
export function None({ children = "None" }: { children?: string }) {
  return <span className="text-ink-3">{children}</span>;
}
