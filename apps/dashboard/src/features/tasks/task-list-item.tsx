import type { TaskRow } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatRelative } from "@/ui/format.ts";
import { SeverityMark } from "@/ui/severity.tsx";
import { useNow } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";

function Due({ task }: { task: TaskRow }) {
  const now = useNow();
  if (task.snoozedUntil) return <span className="text-ink-3">until {formatRelative(task.snoozedUntil, now)}</span>;
  if (!task.dueAt) return null;
  return (
    <span className={task.overdue ? "font-medium text-critical" : "text-ink-3"}>
      {task.overdue ? "was due" : "due"} {formatRelative(task.dueAt, now)}
    </span>
  );
}

interface TaskListItemProps {
  readonly task: TaskRow;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** One task as a line of mail: what to do, then who has it and when it is due. */
export function TaskListItem({ task, selected, onSelect }: TaskListItemProps) {
  return (
    <li>
      <button
        type="button"
        data-task={task.id}
        aria-current={selected ? "true" : undefined}
        onClick={onSelect}
        className={cx(
          "flex w-full items-start gap-2.5 border-b border-line px-4 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2 sm:pl-8",
          selected && "bg-selected hover:bg-selected",
        )}
      >
        <SeverityMark severity={task.severity} className="mt-1.5" />
        <span className="sr-only">{task.severity}: </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{task.title}</span>
          <span className="flex justify-between gap-3 text-sm">
            <span className="min-w-0 truncate text-ink-2">
              {word(task.state)}
              {task.assigneeName ? (
                <>
                  , <bdi>{task.assigneeName}</bdi>
                </>
              ) : (
                ", nobody yet"
              )}
            </span>
            <span className="shrink-0">
              <Due task={task} />
            </span>
          </span>
        </span>
      </button>
    </li>
  );
}
