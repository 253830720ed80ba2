"use client";

import { toast } from "sonner";
import type { WhatIf } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Menu, MenuItem } from "@/ui/menu.tsx";
import { graphHref } from "../graph-state.ts";
import { planMarkdown } from "./plan-markdown.ts";
import { planText } from "./plan-text.ts";
import { PlanTaskButton } from "./plan-task-button.tsx";
import type { Plan } from "./use-plan.ts";

function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

const stepsOf = (answer: WhatIf): string => answer.steps.map((step) => step.title).join("; ");

/** What can be done with a plan: hand it on, or hand it over. */
export function PlanActions({ answer, node, plan }: { answer: WhatIf; node: string; plan: Plan }) {
  const link = (): string => window.location.origin + graphHref(node, { plan: planText(plan.changes) });
  const copy = (): void =>
    void navigator.clipboard.writeText(link()).then(
      () => toast("Link to this plan copied"),
      () => toast.error("The browser did not allow copying. The address of this page is the link"),
    );
  const json = (): string => {
    const { focus, ...rest } = answer;
    return JSON.stringify({ ...rest, focus: focus === null ? null : { ...focus, picture: undefined } }, null, 2);
  };
  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-3">
      <PlanTaskButton planId={answer.planId} plan={{ changes: plan.changes, focus: node }} about={stepsOf(answer)} tone="primary" />
      <Menu align="start" trigger={<Button size="sm">Share</Button>}>
        <MenuItem onSelect={copy}>Copy the link</MenuItem>
        <MenuItem onSelect={() => download("plan.md", "text/markdown", planMarkdown(answer, link()))}>Save as Markdown</MenuItem>
        <MenuItem onSelect={() => download("plan.json", "application/json", json())}>Save as JSON</MenuItem>
      </Menu>
    </div>
  );
}
