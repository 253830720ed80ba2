"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import { useSession } from "@/features/shell/use-session.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { TextField } from "@/ui/field.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";

/** Below this many the whole list is taken in at a glance. */
const SEARCH_FROM = 8;

interface AssignDialogProps {
  /** "Rotate this key goes", "3 tasks go": the beginning of the sentence. */
  readonly what: string;
  readonly assigneeId: string | null;
  readonly onClose: () => void;
  readonly onAct: (detail: { readonly event: "assign"; readonly assigneeId: string | null }) => void;
}

/** Gives the task to a person who may act on it. */
export function AssignDialog({ what, assigneeId, onClose, onAct }: AssignDialogProps) {
  const trpc = useTRPC();
  const me = useSession()?.user.id;
  const query = useQuery(trpc.settings.members.list.queryOptions());
  const [text, setText] = useState("");
  // When the people come later than the dialog it has given its focus already; else it gives it to the field by itself.
  const [waited] = useState(query.isPending);
  const members = (query.data ?? []).filter((member) => member.role !== "auditor");
  const sought = text.trim().toLowerCase();
  const shown = members.filter((member) => `${member.name} ${member.email}`.toLowerCase().includes(sought));
  return (
    <Dialog open onClose={onClose} title="Assign" note={`${what} to one person, and into their queue at once.`}>
      {query.isError ? <Failure what="The list of people" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-24" /> : null}
      {members.length >= SEARCH_FROM ? (
        <TextField
          label="Find a person"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoFocus={waited}
          className="mb-3"
        />
      ) : null}
      <ul className="flex max-h-80 flex-col overflow-y-auto">
        {shown.map((member) => (
          <li key={member.userId}>
            <Button
              tone="quiet"
              className="h-auto min-h-9 w-full justify-between gap-4 py-1.5 text-left"
              disabled={member.userId === assigneeId}
              onClick={() => onAct({ event: "assign", assigneeId: member.userId })}
            >
              <span className="min-w-0">
                <bdi>{member.name}</bdi>
                {member.userId === me ? " (you)" : ""}
                <span className="block truncate font-normal text-ink-3">{member.email}</span>
              </span>
              <span className="shrink-0 font-normal text-ink-3 capitalize">{member.userId === assigneeId ? "has it" : member.role}</span>
            </Button>
          </li>
        ))}
      </ul>
      {query.data && shown.length === 0 ? <p className="text-sm text-ink-2">Nobody of that name may act on tasks here.</p> : null}
      {assigneeId === null ? null : (
        <Button size="sm" className="mt-3" onClick={() => onAct({ event: "assign", assigneeId: null })}>
          Give it back to the queue
        </Button>
      )}
    </Dialog>
  );
}
