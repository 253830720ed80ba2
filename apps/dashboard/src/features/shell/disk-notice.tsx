"use client";

import { useSession } from "./use-session.ts";

const WORDS = {
  low: "The disk of this instance has little room left. Free some space before nothing can be stored any more.",
  full: "The disk of this instance is full. What is stored can be read; nothing can be changed until there is room again.",
} as const;

/** Says it to everybody: who sees a change refused has to know why, and whom to tell. */
export function DiskNotice() {
  const disk = useSession()?.disk ?? "ok";
  return (
    <div role="status" data-print="hide">
      {disk === "ok" ? null : <p className="border-b border-line bg-raised px-4 py-2 text-sm text-ink sm:px-8">{WORDS[disk]}</p>}
    </div>
  );
}
