"use client";

import { useCallback, useEffect, useState } from "react";

/** A preference of this browser. Starts from the default so that server and first client render agree. */
export function useRemembered<T>(name: string, initial: T): [T, (next: T) => void] {
  const [value, setValue] = useState(initial);
  const key = `rollcall:${name}`;
  useEffect(() => {
    try {
      const stored = localStorage.getItem(key);
      if (stored !== null) setValue(JSON.parse(stored) as T);
    } catch {
      // A blocked or damaged store only means that the default stays.
    }
  }, [key]);
  const remember = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Remembering is a convenience; the choice holds for this visit.
      }
    },
    [key],
  );
  return [value, remember];
}
