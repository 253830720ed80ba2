import type { ReactNode } from "react";
import { Glyph } from "./glyph.tsx";

function Key({ mark, children }: { mark: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      {mark}
      {children}
    </li>
  );
}

function Line({ dashed, tone = "stroke-link" }: { dashed?: boolean; tone?: string }) {
  return (
    <svg viewBox="0 0 26 8" aria-hidden className={`h-2 w-6.5 ${tone}`} strokeWidth="1.5">
      <path d="M0 4h20" strokeDasharray={dashed ? "5 3" : undefined} />
      <path d="M25 4l-6 -3v6Z" className={tone.replace("stroke", "fill")} stroke="none" />
    </svg>
  );
}

export function Legend({ planned }: { planned: boolean }) {
  return (
    <ul aria-label="What the marks mean" className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-xs text-ink-3">
      <Key mark={<Glyph kind="identity" tierZero={false} />}>identity</Key>
      <Key mark={<Glyph kind="resource" tierZero={false} />}>resource</Key>
      <Key mark={<Glyph kind="credential" tierZero={false} />}>credential</Key>
      <Key mark={<Glyph kind="external" tierZero={false} />}>outsider</Key>
      <Key mark={<Glyph kind="resource" tierZero />}>controls everything (tier 0)</Key>
      <Key mark={<span aria-hidden className="mr-1 h-3 w-4 rounded-[3px] border border-line-strong bg-raised shadow-stack" />}>
        several of a kind, press to open
      </Key>
      <Key mark={<Line />}>leads to</Key>
      <Key mark={<Line dashed />}>only if a condition holds</Key>
      <Key mark={<span aria-hidden className="h-[3px] w-5 rounded-full bg-ink-3" />}>share of the blast radius</Key>
      {planned ? <Key mark={<Line tone="stroke-accent" />}>another way, once the plan is done</Key> : null}
    </ul>
  );
}
