"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";

interface RowKeysOptions {
  readonly count: number;
  readonly onMove: (index: number) => void;
  readonly onToggle: (index: number) => void;
}

/** Where the arrows go from a row; elsewhere they scroll. */
const ARROWS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** J and K move through a list wherever the focus is (off in fields), arrows, Home and End from one of its rows; X selects. */
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
  useHotkeys("down, up, home, end", (event) => {
    const step = ARROWS[event.key];
    if (step === undefined || !(event.target instanceof Element) || event.target.closest("[data-index]") === null) return;
    event.preventDefault();
    move(step);
  });
  useHotkeys("x", () => {
    if (current >= 0) onToggle(current);
  });
  return [Math.min(current, count - 1), setCurrent];
}
