"use client";

import { useState, type KeyboardEvent, type RefObject } from "react";
import { ROOT, type Layout } from "./layout.ts";

type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home";

/** Arrow keys walk through the picture: up and down in a column, left and right along the links. One mark is in the tab order. */
export function useMarkKeys(layout: Layout, frame: RefObject<HTMLElement | null>) {
  const [current, setCurrent] = useState(ROOT);
  const tabbable = layout.boxes.has(current) ? current : ROOT;
  const move = (event: KeyboardEvent) => {
    const next = nextMark(layout, tabbable, event.key as Direction);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    frame.current?.querySelector<HTMLElement>(`[data-unit="${CSS.escape(next)}"]`)?.focus();
  };
  return { tabbable, setCurrent, move };
}

function nextMark(layout: Layout, from: string, key: Direction): string | null {
  if (key === "Home") return ROOT;
  const column = layout.columns.find(({ marks }) => marks.some((mark) => mark.id === from));
  if (key === "ArrowUp" || key === "ArrowDown") {
    if (column === undefined) return null;
    const row = column.marks.findIndex((mark) => mark.id === from) + (key === "ArrowDown" ? 1 : -1);
    return column.marks[row]?.id ?? null;
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const forward = key === "ArrowRight";
  const linked = layout.curves.map(({ arrow }) => arrow).filter((arrow) => (forward ? arrow.from : arrow.to) === from);
  const ends = linked.map((arrow) => (forward ? arrow.to : arrow.from));
  return ends.sort((a, b) => layout.boxes.get(a)!.y - layout.boxes.get(b)!.y)[0] ?? null;
}
