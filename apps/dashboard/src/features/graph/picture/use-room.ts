"use client";

import { useEffect, useRef, useState, type RefObject } from "react";

/** Width that an element is given, in whole pixels; 0 until it was measured. */
export function useRoom(): readonly [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const measured = element.current;
    if (measured === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setRoom(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, room];
}
