"use client";

import { Redo2, Undo2, X } from "lucide-react";
import { IconButton } from "@/ui/button.tsx";
import { NarrowButton } from "./narrow/narrow-button.tsx";
import type { Plan } from "./use-plan.ts";

/** The steps in order, with a way back. */
export function PlanSteps({ plan, titles, node }: { plan: Plan; titles: readonly string[]; node: string }) {
  return (
    <div>
      <header className="mb-2 flex items-center justify-between gap-2">
        <h2 className="text-base font-semibold">What if</h2>
        <span className="flex">
          <IconButton
            label="Undo"
            disabled={plan.undo === null}
            onClick={() => plan.undo?.()}
            className="size-7 max-sm:size-9 disabled:opacity-40"
          >
            <Undo2 aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
          <IconButton
            label="Redo"
            disabled={plan.redo === null}
            onClick={() => plan.redo?.()}
            className="size-7 max-sm:size-9 disabled:opacity-40"
          >
            <Redo2 aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
          <IconButton label="Discard the plan" onClick={plan.clear} className="size-7 max-sm:size-9">
            <X aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
        </span>
      </header>
      <ol className="border-t border-line">
        {plan.changes.map((change, index) => (
          <li key={JSON.stringify(change)} className="flex items-start gap-2 border-b border-line py-1.5 text-sm">
            <span className="w-4 shrink-0 text-ink-3">{index + 1}</span>
            <span className="min-w-0 flex-1 wrap-anywhere">{titles[index] ?? "\u2026"}</span>
            <NarrowButton change={change} plan={plan} node={node} about={titles[index] ?? `step ${index + 1}`} />
            <IconButton label={`Take step ${index + 1} out`} onClick={() => plan.removeAt(index)} className="-my-0.5 size-6 max-sm:size-9">
              <X aria-hidden className="size-3.5" strokeWidth={1.75} />
            </IconButton>
          </li>
        ))}
      </ol>
    </div>
  );
}
