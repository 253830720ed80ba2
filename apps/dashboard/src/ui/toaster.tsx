"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Messages stay ten seconds: long enough to reach Undo by keyboard. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      duration={10_000}
      // Above the bar at the bottom of a phone.
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        style: {
          background: "var(--raised)",
          color: "var(--ink)",
          border: "none",
          boxShadow: "var(--shadow-pop)",
          borderRadius: "8px",
          fontSize: "13px",
          fontFamily: "var(--font-sans)",
        },
      }}
    />
  );
}
