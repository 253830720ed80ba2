"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";

interface RowKeysOptions {
  readonly count: number;
  readonly onMove: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onToggle?: ((index: number) => void) | undefined;
}

/** J and K move through a list wherever the focus is (off in fields); Enter opens, X selects. */
export function useRowKeys({ count, onMove, onOpen, onToggle }: RowKeysOptions): [number, (index: number) => void] {
  const [current, setCurrent] = useState(-1);
  const move = (step: number) => {
    if (count === 0) return;
    const next = Math.min(count - 1, Math.max(0, current + step));
    setCurrent(next);
    onMove(next);
  };
  useHotkeys("j", () => move(1));
  useHotkeys("k", () => move(-1));
  useHotkeys("x", () => (current >= 0 ? onToggle?.(current) : undefined));
  useHotkeys("enter", (event) => {
    // A focused link or button keeps its own Enter.
    if (event.target instanceof Element && event.target.closest("a,button,[role=menuitem],[role=dialog]")) return;
    if (current >= 0) onOpen(current);
  });
  return [Math.min(current, count - 1), setCurrent];
}
