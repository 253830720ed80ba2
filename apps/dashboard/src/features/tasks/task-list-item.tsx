import type { TaskRow } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatDecimal, formatRelative } from "@/ui/format.ts";
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
  /** Shown beside the list. */
  readonly open: boolean;
  /** The list is one stop of the Tab key; arrows, J and K move inside of it. */
  readonly inTabOrder: boolean;
  readonly onOpen: () => void;
  /** Among those that one action is for. */
  readonly chosen: boolean;
  readonly onToggle: (() => void) | null;
}

/** One task as a line of mail: what to do, then who has it and when it is due. */
export function TaskListItem({ task, open, inTabOrder, onOpen, chosen, onToggle }: TaskListItemProps) {
  return (
    <li className={cx("flex border-b border-line pl-4 hover:bg-hover sm:pl-8", (open || chosen) && "bg-selected hover:bg-selected")}>
      {onToggle ? (
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${task.title}`}
          checked={chosen}
          onChange={(event) => {
            // The keys of the list go on from here.
            event.currentTarget.blur();
            onToggle();
          }}
          className="mt-3.5 mr-2.5 size-3.5 shrink-0 accent-(--accent)"
        />
      ) : null}
      <button
        type="button"
        data-task={task.id}
        tabIndex={inTabOrder ? 0 : -1}
        aria-current={open ? "true" : undefined}
        onClick={onOpen}
        className="flex min-w-0 flex-1 items-start gap-2.5 py-2.5 pr-4 text-left focus-visible:-outline-offset-2"
      >
        <SeverityMark severity={task.severity} className="mt-1.5" />
        <span className="sr-only">{task.severity}: </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium" title={task.title}>
            {task.title}
          </span>
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
              {task.plan ? `, ${formatDecimal(task.plan.riskCutPct)} % less risk` : null}
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
