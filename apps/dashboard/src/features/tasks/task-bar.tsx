"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { TaskFilter, TaskRow } from "@/api/views.ts";
import { useMay } from "@/features/shell/use-session.ts";
import { BulkResult, type BulkOutcome } from "@/ui/bulk-result.tsx";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { formatCount, plural } from "@/ui/format.ts";
import { Kbd } from "@/ui/tag.tsx";
import type { Selection } from "@/ui/use-selection.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { SnoozeDialog } from "./task-dialogs.tsx";
import { useBulkTasks, type BulkAction } from "./use-bulk-tasks.ts";

const ACTIONS = [
  { event: "claim", label: "Claim", key: "1" },
  { event: "assign", label: "Assign", key: "a" },
  { event: "snooze", label: "Snooze", key: "h" },
] as const;
type Event = (typeof ACTIONS)[number]["event"];

interface AskingProps {
  readonly event: Event | null;
  readonly count: number;
  readonly onClose: () => void;
  readonly onAct: (action: BulkAction) => void;
}

function Asking({ event, count, onClose, onAct }: AskingProps) {
  if (event === "snooze") return <SnoozeDialog onClose={onClose} onAct={onAct} />;
  if (event !== "assign") return null;
  return (
    <AssignDialog what={`${plural(count, "task")} ${count === 1 ? "goes" : "go"}`} assigneeId={null} onClose={onClose} onAct={onAct} />
  );
}

interface TaskBarProps {
  readonly selection: Selection<TaskRow>;
  readonly filter: TaskFilter;
}

/** What can be done to several tasks at once, under the same keys as for one. */
export function TaskBar({ selection, filter }: TaskBarProps) {
  const may = useMay();
  // Who answers for some identities claims and snoozes; giving work to others is for those who steward the workspace.
  const actions = ACTIONS.filter(({ event }) => event !== "assign" || may.import);
  const [asking, setAsking] = useState<Event | null>(null);
  const [refused, setRefused] = useState<BulkOutcome | null>(null);
  const { pending, run } = useBulkTasks({
    selection,
    filter,
    onDone: (outcome) => (outcome.refused.length > 0 ? setRefused(outcome) : selection.clear()),
  });
  const request = (event: Event) => {
    if (pending || refused !== null) return;
    if (event === "claim") run({ event });
    else setAsking(event);
  };
  const act = (action: BulkAction) => {
    setAsking(null);
    run(action);
  };
  const free = asking === null && refused === null;
  useHotkeys("1", () => request("claim"), { enabled: free });
  useHotkeys("a", () => request("assign"), { enabled: free && may.import, preventDefault: true });
  useHotkeys("h", () => request("snooze"), { enabled: free, preventDefault: true });
  useHotkeys("escape", selection.clear, { enabled: free });
  const close = () => {
    setRefused(null);
    selection.clear();
  };
  return (
    <div role="toolbar" aria-label="Selected tasks" className="flex min-h-8 flex-1 flex-wrap items-center gap-1">
      <p role="status" className="mr-1 text-sm font-medium whitespace-nowrap">
        {formatCount(selection.count)} selected
      </p>
      {actions.map(({ event, label, key }) => (
        <Button key={event} size="sm" disabled={pending} onClick={() => request(event)}>
          {label}
          <span className="max-md:hidden">
            <Kbd>{key.toUpperCase()}</Kbd>
          </span>
        </Button>
      ))}
      <Button size="sm" tone="quiet" onClick={selection.clear}>
        Clear
      </Button>
      <Asking event={asking} count={selection.count} onClose={() => setAsking(null)} onAct={act} />
      {refused ? (
        <Dialog open onClose={close} title="Not all of them could be done">
          <BulkResult outcome={refused} nameOf={(id) => selection.chosen.get(id)?.title} onClose={close} />
        </Dialog>
      ) : null}
    </div>
  );
}
