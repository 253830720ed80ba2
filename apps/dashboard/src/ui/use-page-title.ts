"use client";

import { useEffect } from "react";

/** Names the tab after what is shown, once that is known; the route's own title stands until then. */
export function usePageTitle(name: string | undefined): void {
  useEffect(() => {
    if (name !== undefined) document.title = `${name} - Rollcall`;
  }, [name]);
}
