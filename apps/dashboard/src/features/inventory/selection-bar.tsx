"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { IdentityFilter, IdentityRow } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { formatCount, plural } from "@/ui/format.ts";
import { BulkDialog, type BulkAction } from "./bulk-dialog.tsx";
import type { Selection } from "@/ui/use-selection.ts";

/** The most that one action takes; the API refuses more. */
const MOST = 1000;

interface SelectionBarProps {
  readonly selection: Selection<IdentityRow>;
  readonly filter: IdentityFilter;
  readonly total: { readonly count: number; readonly capped: boolean };
}

/** Stands in the place of the toolbar while something is selected, so that nothing moves. */
export function SelectionBar({ selection, filter, total }: SelectionBarProps) {
  const [action, setAction] = useState<BulkAction | null>(null);
  useHotkeys("escape", () => (action === null ? selection.clear() : undefined));
  const tooMany = selection.count > MOST;
  return (
    <div role="toolbar" aria-label="Selected identities" className="flex min-h-8 flex-1 flex-wrap items-center gap-2">
      <p role="status" className="text-sm font-medium whitespace-nowrap">
        {formatCount(selection.count)} selected
      </p>
      {selection.everything || selection.count >= total.count ? null : (
        <Button tone="quiet" onClick={selection.selectEverything}>
          Select all {formatCount(total.count)} that match
        </Button>
      )}
      <Button disabled={tooMany} onClick={() => setAction("owner")}>
        Assign owner
      </Button>
      <Button disabled={tooMany} onClick={() => setAction("review")}>
        Mark reviewed
      </Button>
      <Button tone="quiet" onClick={selection.clear}>
        Clear
      </Button>
      {tooMany ? <p className="text-sm text-ink-3">At most {plural(MOST, "identity", "identities")} at once; narrow the filter.</p> : null}
      {action === null ? null : <BulkDialog action={action} selection={selection} filter={filter} onClose={() => setAction(null)} />}
    </div>
  );
}
