"use client";

import { useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { TaskDetail } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { CONTROL } from "@/ui/field.tsx";
import { cx } from "@/ui/cx.ts";
import { Section } from "@/ui/page.tsx";
import { Kbd } from "@/ui/tag.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";

interface TaskTimelineProps {
  readonly task: TaskDetail;
  readonly mayComment: boolean;
  readonly pending: boolean;
  readonly onComment: (text: string) => void;
}

/** Who did what to this task, oldest first, and a line to add. */
export function TaskTimeline({ task, mayComment, pending, onComment }: TaskTimelineProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useHotkeys("c", () => field.current?.focus(), { preventDefault: true });
  const send = () => {
    const text = field.current?.value.trim() ?? "";
    if (!text || !field.current) return;
    onComment(text);
    field.current.value = "";
    field.current.blur();
  };
  return (
    <Section title="What happened so far">
      <ol className="flex flex-col gap-2.5">
        {task.events.map((event) => (
          <li key={event.id}>
            <p className="text-sm text-ink-3">
              <bdi className="text-ink-2">{event.actor}</bdi> {word(event.kind).toLowerCase()}, <RelativeTime instant={event.at} />
            </p>
            {event.text ? <p className="measure whitespace-pre-wrap">{event.text}</p> : null}
          </li>
        ))}
      </ol>
      {mayComment ? (
        <form
          className="mt-4 flex flex-col items-start gap-2"
          data-print="hide"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <label className="w-full text-sm font-medium">
            <span className="flex items-center gap-2">
              Comment <Kbd>C</Kbd>
            </span>
            <textarea
              ref={field}
              rows={2}
              maxLength={4000}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
                if (event.key === "Escape") event.currentTarget.blur();
              }}
              className={cx(CONTROL, "mt-1 h-auto py-2 font-normal")}
            />
          </label>
          <Button type="submit" size="sm" disabled={pending}>
            Add comment
          </Button>
        </form>
      ) : null}
    </Section>
  );
}
