"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Says that what is shown may be old and that nothing can be changed, as long as the browser has no network. */
export function OfflineNotice() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const queryClient = useQueryClient();
  useEffect(() => {
    if (online) return undefined;
    // Back again: what failed meanwhile is asked anew.
    return () => void queryClient.invalidateQueries();
  }, [online, queryClient]);
  return (
    <div
      role="status"
      data-print="hide"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-50 flex justify-center px-4 md:bottom-4"
    >
      {online ? null : (
        <p className="rounded-md bg-ink px-3 py-2 text-sm text-paper shadow-pop">
          You are offline. What you see may be old, and nothing can be changed until the network is back.
        </p>
      )}
    </div>
  );
}
