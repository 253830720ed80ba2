"use client";

import { useSyncExternalStore } from "react";
import { formatExact, formatRelative } from "./format.ts";

let now = Date.now();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) startClock();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stopClock();
  };
}

let timer: ReturnType<typeof setInterval> | null = null;
function startClock(): void {
  timer = setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, 60_000);
}
function stopClock(): void {
  if (timer) clearInterval(timer);
  timer = null;
}

/** One clock for all relative times of a page, so that a thousand rows cost one timer. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );
}

export function RelativeTime({ instant, className }: { instant: string; className?: string }) {
  const current = useNow();
  return (
    <time dateTime={instant} title={formatExact(instant)} suppressHydrationWarning className={className}>
      {formatRelative(instant, current)}
    </time>
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value in words; an instant as the time that has passed since. */
export function ValueText({ value, className }: { value: string; className?: string }) {
  return INSTANT.test(value) ? <RelativeTime instant={value} /> : <bdi className={className}>{value}</bdi>;
}
