"use client";

import { useEffect, useState, type RefObject } from "react";
import { useHotkeys } from "react-hotkeys-hook";

interface ListFocusOptions {
  readonly list: RefObject<HTMLElement | null>;
  readonly ids: readonly string[];
  readonly current: string | null;
  readonly onSelect: (id: string) => void;
}

/**
 * J and K move through the list and show the task at once. When an action takes the task out of the list, the focus
 * goes to the one that moved up into its place, so that the next J or Enter goes on from there.
 */
export function useListFocus({ list, ids, current, onSelect }: ListFocusOptions): void {
  const [place, setPlace] = useState(-1);
  const at = current === null ? -1 : ids.indexOf(current);
  if (at !== -1 && at !== place) setPlace(at);
  const successor = at === -1 && place !== -1 ? ids[Math.min(place, ids.length - 1)] : undefined;
  useEffect(() => {
    if (current === null || successor === undefined || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>(`[data-task="${successor}"]`)?.focus();
  }, [current, successor, list]);

  const step = (by: number) => {
    // From a task that has left, J means the one that took its place.
    const from = at === -1 ? place - (by > 0 ? 1 : 0) : at;
    const next = ids[Math.min(ids.length - 1, Math.max(0, from + by))];
    if (next) onSelect(next);
  };
  useHotkeys("j", () => step(1));
  useHotkeys("k", () => step(-1));
  useHotkeys("down, up", (event) => {
    // Elsewhere the arrows scroll.
    if (!(event.target instanceof Element) || event.target.closest("[data-task]") === null) return;
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  });
}
