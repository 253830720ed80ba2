"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";

interface RowKeysOptions {
  readonly count: number;
  readonly onMove: (index: number) => void;
  readonly onToggle: (index: number) => void;
}

/** J and K move through a list wherever the focus is (off in fields); X selects. */
export function useRowKeys({ count, onMove, onToggle }: RowKeysOptions): [number, (index: number) => void] {
  const [current, setCurrent] = useState(-1);
  const move = (step: number) => {
    if (count === 0) return;
    const next = Math.min(count - 1, Math.max(0, current + step));
    setCurrent(next);
    onMove(next);
  };
  useHotkeys("j", () => move(1));
  useHotkeys("k", () => move(-1));
  useHotkeys("x", () => {
    if (current >= 0) onToggle(current);
  });
  return [Math.min(current, count - 1), setCurrent];
}
