"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import type { SideScroll } from "../use-side-scroll.ts";

/** Kept free behind the last column, so that the buttons never lie over its header. */
export const SIDE_CONTROLS_WIDTH = 60;

function SideButton({ label, spent, onClick, children }: { label: string; spent: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      // Stays where it is when there is nothing more on its side: the focus would be lost with it.
      aria-disabled={spent}
      onClick={onClick}
      className={cx("grid size-7 place-items-center rounded-sm -outline-offset-2", spent ? "text-ink-3/50" : "text-ink hover:bg-hover")}
    >
      {children}
    </button>
  );
}

/** Says that there are columns beyond the edge, and brings them: for a finger, a pointer and the keyboard. */
export function SideControls({ side, onMove }: { side: SideScroll; onMove: (direction: -1 | 1) => void }) {
  return (
    <div data-print="hide">
      <div
        role="group"
        aria-label="Columns beyond the edge"
        style={{ right: side.gutter }}
        className="absolute top-0 z-30 flex h-8 items-center bg-paper pr-1 pl-0.5"
      >
        <SideButton label="Columns to the left" spent={!side.before} onClick={() => onMove(-1)}>
          <ChevronLeft aria-hidden className="size-4" strokeWidth={1.75} />
        </SideButton>
        <SideButton label="Columns to the right" spent={!side.after} onClick={() => onMove(1)}>
          <ChevronRight aria-hidden className="size-4" strokeWidth={1.75} />
        </SideButton>
      </div>
      {side.after ? (
        <div
          aria-hidden
          style={{ right: side.gutter }}
          className="pointer-events-none absolute top-8 bottom-0 z-20 w-10 bg-linear-to-l from-paper to-transparent"
        />
      ) : null}
    </div>
  );
}
