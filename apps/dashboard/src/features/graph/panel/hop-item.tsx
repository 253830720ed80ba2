"use client";

import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { RouteHop } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { Tag } from "@/ui/tag.tsx";
import { RelativeTime } from "@/ui/time.tsx";

function Facts({ hop }: { hop: RouteHop }) {
  const [open, setOpen] = useState(false);
  if (hop.facts.length === 0) return null;
  return (
    <div className="mt-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-0.5 inline-flex items-center gap-1 text-xs text-ink-3 hover:text-ink"
      >
        <ChevronRight aria-hidden className={cx("size-3 transition-transform duration-120", open && "rotate-90")} />
        What this rests on
      </button>
      {open ? (
        <ul className="mt-1 flex flex-col gap-1.5 border-l border-line pl-3 text-xs text-ink-2">
          {hop.facts.map((fact) => (
            <li key={fact.ref + fact.detail}>
              {fact.detail}
              <bdi className="block font-mono break-all text-ink-3">{fact.ref}</bdi>
            </li>
          ))}
          {hop.readings.map((reading) => (
            <li key={`${reading.source} ${reading.syncId}`} className="text-ink-3">
              Read from <bdi>{reading.source}</bdi>
              {reading.asOf === null ? null : ", as of "}
              {reading.asOf === null ? null : <RelativeTime instant={reading.asOf} />}
              {reading.syncId === null ? null : (
                <>
                  {" "}
                  (run <bdi className="font-mono break-all">{reading.syncId}</bdi>)
                </>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** One hop: who gains what, why, what is not settled, and what would end it. */
export function HopItem({ hop, step, last, children }: { hop: RouteHop; step: number; last: boolean; children?: ReactNode }) {
  return (
    <li className="relative flex gap-3 pb-4 last:pb-0">
      {last ? null : <span aria-hidden className="absolute top-5 bottom-0 left-[9.5px] w-px bg-line-strong" />}
      <span
        aria-hidden
        className="relative grid size-5 shrink-0 place-items-center rounded-full border border-line-strong bg-raised text-xs text-ink-2"
      >
        {step}
      </span>
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          {hop.sentence} {hop.technique ? <Tag>{hop.technique}</Tag> : null}
        </p>
        {hop.conditional ? (
          <p className="mt-0.5 text-sm text-ink-2">
            Only if {hop.conditions.length > 0 ? hop.conditions.join(" and ") : "a condition holds that the export does not settle"}.
          </p>
        ) : null}
        <Facts hop={hop} />
        {children}
      </div>
    </li>
  );
}
