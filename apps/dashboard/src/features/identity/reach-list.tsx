"use client";

import { useState } from "react";
import type { Access, ReachRow } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { kindSentence } from "./kind-sentence.ts";
import { ReachItem } from "./reach-item.tsx";

/** What a reader takes in at once; the rest is one click away. */
const SHOWN = 10;

interface ReachListProps {
  readonly identityId: string;
  readonly rows: readonly ReachRow[];
  readonly total: number;
  readonly kinds: Access["kinds"]["reaches"];
  readonly direction: "reaches" | "reachedBy";
}

export function ReachList({ rows, total, kinds, identityId, direction }: ReachListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, SHOWN);
  return (
    <div>
      <p className="measure pb-2 text-ink-2">{kindSentence(kinds)}.</p>
      <ul className="border-t border-line">
        {shown.map((row) => (
          <ReachItem key={row.nodeKey} row={row} identityId={identityId} direction={direction} />
        ))}
      </ul>
      {rows.length > SHOWN ? (
        <Button size="sm" tone="quiet" className="mt-1 -ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show the first ${SHOWN}` : `Show ${total > rows.length ? "the first" : "all"} ${formatCount(rows.length)}`}
        </Button>
      ) : null}
      {all && total > rows.length ? <p className="pt-1 text-sm text-ink-3">There are {formatCount(total)} in all.</p> : null}
    </div>
  );
}
