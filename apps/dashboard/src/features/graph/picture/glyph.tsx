import { cx } from "@/ui/cx.ts";

/** Circle: acts. Square: is acted on. Key: opens. Broken ring: stands outside. Each can be told without its colour. */
export function Glyph({ kind, tierZero, className }: { kind: string; tierZero: boolean; className?: string }) {
  const ink = tierZero ? "stroke-critical fill-critical" : "stroke-ink-2 fill-transparent";
  return (
    <svg viewBox="0 0 14 14" aria-hidden className={cx("size-3.5 shrink-0", ink, className)} strokeWidth="1.5">
      {tierZero ? (
        <path d="M7 1 13 7 7 13 1 7Z" />
      ) : kind === "identity" ? (
        <circle cx="7" cy="7" r="5" />
      ) : kind === "credential" ? (
        <path d="M5 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM7.5 7H13M11 7v2.5" />
      ) : kind === "external" ? (
        <circle cx="7" cy="7" r="5" strokeDasharray="2.6 2.6" />
      ) : (
        <rect x="2" y="2" width="10" height="10" rx="1.5" />
      )}
    </svg>
  );
}
