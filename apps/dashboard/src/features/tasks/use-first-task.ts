"use client";

import { useEffect, useEffectEvent } from "react";

/** From here on list and task stand side by side. */
const SIDE_BY_SIDE = "(min-width: 1024px)";

/** With room for both panes, the first task is open from the start; on a phone the list comes first. */
export function useFirstTask(first: string | null, onOpen: (id: string) => void): void {
  const open = useEffectEvent(onOpen);
  useEffect(() => {
    if (first !== null && window.matchMedia(SIDE_BY_SIDE).matches) open(first);
  }, [first]);
}
