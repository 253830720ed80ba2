"use client";

import { usePathname } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

/** Where the router keeps its tree in an entry of the history. */
const TREE = "__PRIVATE_NEXTJS_INTERNALS_TREE";

/**
 * Going back and forth within a page without the router asking the server. The entries of a page whose state is its address all carry
 * the router's tree of the address it was first loaded under. After a reload that tree is not in the router's memory: it fetches, gets the
 * tree of another address, tries again, and a second step back that comes meanwhile is lost, although the address has changed. An entry
 * without a tree is one the router goes to with the tree it stands on, and within a page that is the right one.
 */
export function useSamePageHistory(): void {
  const shown = usePathname();
  const step = useEffectEvent(({ state }: PopStateEvent) => {
    if (window.location.pathname === shown && typeof state === "object" && state !== null) Reflect.deleteProperty(state, TREE);
  });
  useEffect(() => {
    // Before the router hears of it.
    const listen = (event: PopStateEvent): void => step(event);
    window.addEventListener("popstate", listen, { capture: true });
    return () => window.removeEventListener("popstate", listen, { capture: true });
  }, []);
}
