import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

const TONES = {
  plain: "border-line-strong text-ink-2",
  accent: "border-accent/40 text-accent",
  good: "border-good/40 text-good",
  warn: "border-critical/40 text-critical",
};

export function Tag({ children, tone = "plain", className }: { children: ReactNode; tone?: keyof typeof TONES; className?: string }) {
  return (
    <span className={cx("inline-flex h-5 items-center rounded-sm border px-1.5 text-xs whitespace-nowrap", TONES[tone], className)}>
      {children}
    </span>
  );
}

/** A filter that came with a link: says what it leaves, and can be taken away. */
export function ClearableTag({ children, onClear }: { children: ReactNode; onClear: () => void }) {
  return (
    <button
      type="button"
      onClick={onClear}
      className="inline-flex h-8 items-center gap-2 rounded-md border border-accent bg-accent-soft px-2.5 text-sm hover:bg-hover"
    >
      {children}
      <X aria-hidden className="size-3.5 text-ink-3" />
      <span className="sr-only">, clear</span>
    </button>
  );
}

/** Data from the demo organisation is marked wherever it stands beside real data. */
export function DemoTag() {
  return <Tag tone="accent">Demo</Tag>;
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line-strong bg-raised px-1 font-sans text-xs text-ink-2">
      {children}
    </kbd>
  );
}
