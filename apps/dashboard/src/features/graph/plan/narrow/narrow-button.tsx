"use client";

import { useState } from "react";
import type { PlanChange } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import type { Plan } from "../use-plan.ts";
import { NarrowDialog } from "./narrow-dialog.tsx";

interface NarrowButtonProps {
  readonly change: PlanChange;
  readonly plan: Plan;
  readonly node: string;
  /** What the step is called, for whoever hears the button by itself. */
  readonly about: string;
}

/** Beside a step that removes a whole statement: take out only a part of it. */
export function NarrowButton({ change, plan, node, about }: NarrowButtonProps) {
  const [open, setOpen] = useState(false);
  if (change.kind !== "remove_statement" && change.kind !== "narrow_statement") return null;
  return (
    <>
      <Button size="sm" tone="quiet" className="shrink-0" aria-label={`Only a part: ${about}`} onClick={() => setOpen(true)}>
        Only a part
      </Button>
      {open ? (
        <NarrowDialog policy={change.policy} statement={change.statement} plan={plan} node={node} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
