"use client";

import { useState, type FormEvent } from "react";
import type { TaskAction, TaskDetail } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { TextArea, TextField } from "@/ui/field.tsx";
import { formatDate } from "@/ui/format.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import type { TaskEvent } from "./task-events.ts";

const DAY_MS = 86_400_000;
const MAX_EXCEPTION_DAYS = 180;

type Detail = Omit<TaskAction, "id" | "version">;

export interface TaskDialogProps {
  readonly task: TaskDetail;
  readonly onClose: () => void;
  readonly onAct: (detail: Detail) => void;
}

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

const SNOOZES: readonly (readonly [string, number])[] = [
  ["Until tomorrow", 1],
  ["For a week", 7],
  ["For two weeks", 14],
  ["For a month", 30],
];

interface SnoozeDialogProps {
  readonly onClose: () => void;
  readonly onAct: (detail: { readonly event: "snooze"; readonly until: string }) => void;
}

export function SnoozeDialog({ onClose, onAct }: SnoozeDialogProps) {
  return (
    <Dialog open onClose={onClose} title="Snooze" note="What is snoozed leaves the queue and comes back by itself. Due dates stay.">
      <div className="flex flex-col gap-1">
        {SNOOZES.map(([label, days]) => (
          <Button key={label} tone="quiet" className="justify-between" onClick={() => onAct({ event: "snooze", until: inDays(days) })}>
            {label}
            <span className="font-normal text-ink-3">{formatDate(inDays(days))}</span>
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

function submitWith(event: FormEvent<HTMLFormElement>, use: (form: FormData) => void): void {
  event.preventDefault();
  use(new FormData(event.currentTarget));
}

function ExceptionDialog({ onClose, onAct }: TaskDialogProps) {
  const [expires, setExpires] = useState(inDays(90).slice(0, 10));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Ask for an exception"
      note={`The risk is accepted until a date, at most ${MAX_EXCEPTION_DAYS} days from now. Then the task comes back.`}
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) =>
          submitWith(event, (form) =>
            onAct({
              event: "except",
              reason: String(form.get("reason")),
              compensatingControl: String(form.get("control")),
              expiresAt: new Date(`${expires}T23:59:59Z`).toISOString(),
            }),
          )
        }
      >
        <TextArea label="Why it has to stay" name="reason" required maxLength={4000} />
        <TextArea label="What limits the risk meanwhile" name="control" required maxLength={4000} />
        <TextField
          label="Ends on"
          type="date"
          required
          value={expires}
          min={inDays(1).slice(0, 10)}
          max={inDays(MAX_EXCEPTION_DAYS - 1).slice(0, 10)}
          onChange={(event) => setExpires(event.target.value)}
        />
        <div className="mt-1 flex gap-2">
          <Button type="submit" tone="primary">
            Record the exception
          </Button>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function FalsePositiveDialog({ onClose, onAct }: TaskDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Mark as false positive"
      note="Say what the check got wrong. It is kept with the task and reviewed when the rule changes."
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => submitWith(event, (form) => onAct({ event: "false_positive", reason: String(form.get("reason")) }))}
      >
        <TextArea label="What is wrong about it" name="reason" required maxLength={4000} />
        <div className="flex gap-2">
          <Button type="submit" tone="primary">
            Mark
          </Button>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function TaskDialog({ event, ...props }: TaskDialogProps & { event: TaskEvent | null }) {
  if (event === "assign") {
    const { task, onClose, onAct } = props;
    return <AssignDialog what={`${task.title} goes`} assigneeId={task.assigneeId} onClose={onClose} onAct={onAct} />;
  }
  if (event === "snooze") return <SnoozeDialog onClose={props.onClose} onAct={props.onAct} />;
  if (event === "except") return <ExceptionDialog {...props} />;
  if (event === "false_positive") return <FalsePositiveDialog {...props} />;
  return null;
}
