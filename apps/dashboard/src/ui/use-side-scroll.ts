"use client";

import { useLayoutEffect, useState, type RefObject } from "react";

export interface SideScroll {
  /** 0 = not measured yet. */
  readonly width: number;
  /** What a scrollbar takes of the right edge. */
  readonly gutter: number;
  readonly before: boolean;
  readonly after: boolean;
}

const UNMEASURED: SideScroll = { width: 0, gutter: 0, before: false, after: false };

function measured(element: HTMLElement): SideScroll {
  const { clientWidth, offsetWidth, scrollWidth, scrollLeft } = element;
  return {
    width: clientWidth,
    gutter: offsetWidth - clientWidth,
    before: scrollLeft > 1,
    after: scrollLeft + clientWidth < scrollWidth - 1,
  };
}

const same = (a: SideScroll, b: SideScroll): boolean =>
  a.width === b.width && a.gutter === b.gutter && a.before === b.before && a.after === b.after;

/** Whether something lies beyond the left or right edge of what scrolls; known before the first paint. */
export function useSideScroll(scroller: RefObject<HTMLElement | null>): SideScroll {
  const [state, setState] = useState(UNMEASURED);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      const now = measured(element);
      setState((last) => (same(last, now) ? last : now));
    };
    let left = element.scrollLeft;
    const scrolled = () => {
      // Down a list of any length nothing is measured.
      if (element.scrollLeft === left) return;
      left = element.scrollLeft;
      measure();
    };
    // Calls at once for what it begins to observe, before the first paint.
    const observer = new ResizeObserver(measure);
    for (const observed of [element, ...element.children]) observer.observe(observed);
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", scrolled);
    };
  }, [scroller]);
  return state;
}
