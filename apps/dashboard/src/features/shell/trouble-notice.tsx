"use client";

import { formatDate } from "@/ui/format.ts";
import { useSession } from "./use-session.ts";

const WORDS = {
  "audit-checkpoints": "Signed checkpoints of the audit log cannot be written",
} as const;

/** Says to everybody what a process of this instance cannot do; the log of that process has the details. */
export function TroubleNotice() {
  const troubles = useSession()?.troubles ?? [];
  return (
    <div role="status" data-print="hide">
      {troubles.map(({ id, reason, since }) => (
        <p key={id} className="border-b border-line bg-raised px-4 py-2 text-sm text-ink sm:px-8">
          {WORDS[id]} since {formatDate(since)}: {reason}. The audit log itself is complete.
        </p>
      ))}
    </div>
  );
}
