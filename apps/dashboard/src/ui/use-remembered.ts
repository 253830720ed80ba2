"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** Holds what could not be stored, so that a choice lasts at least for this visit. */
const unstored = new Map<string, string>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? unstored.get(key) ?? null;
  } catch {
    return unstored.get(key) ?? null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    unstored.set(key, value);
  }
  for (const listener of listeners) listener();
}

function parse<T>(stored: string | null, initial: T): T {
  if (stored === null) return initial;
  try {
    return JSON.parse(stored) as T;
  } catch {
    return initial;
  }
}

/** A preference of this browser, the same wherever it is used. Server and first client render agree on the initial value. */
export function useRemembered<T>(preference: string, initial: T): [T, (next: T) => void] {
  const key = `rollcall:${preference}`;
  const stored = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const value = useMemo(() => parse(stored, initial), [stored, initial]);
  const remember = useCallback((next: T) => write(key, JSON.stringify(next)), [key]);
  return [value, remember];
}
