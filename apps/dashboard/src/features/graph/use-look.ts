"use client";

import { useSyncExternalStore } from "react";
import { useRemembered } from "@/ui/use-remembered.ts";

export type Look = "picture" | "table";

const NARROW = "(max-width: 640px)";

function subscribe(changed: () => void): () => void {
  const media = window.matchMedia(NARROW);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}

/** Picture or table: what was chosen last; until then a table where there is little room. */
export function useLook(wide: boolean): readonly [Look, (look: Look) => void] {
  const narrow = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
  const [remembered, remember] = useRemembered<Look | null>("graph-look", null);
  return [remembered ?? (narrow || !wide ? "table" : "picture"), remember];
}
