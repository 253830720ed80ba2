"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Member } from "@/api/views.ts";
import { workspaceRole, type WorkspaceRole } from "@rollcall/nhi-model";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";
import { errorWords } from "@/ui/error-words.ts";
import { InviteForm } from "./invite-form.tsx";

function useMemberChanges() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settled = {
    onSuccess: () => void queryClient.invalidateQueries(trpc.settings.members.pathFilter()),
    onError: (error: unknown) => toast.error(errorWords(error)),
  };
  const setRole = useMutation(trpc.settings.members.setRole.mutationOptions(settled));
  const setLimited = useMutation(trpc.settings.members.setLimited.mutationOptions(settled));
  return { setRole, setLimited };
}

export function MembersSection({ viewerId, mayAdminister }: { viewerId: string | null; mayAdminister: boolean }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.members.list.queryOptions());
  if (query.isError) return <Failure what="The members" error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section title="People" aside="who may enter this workspace">
      {query.isPending ? <Skeleton className="h-[53px] max-lg:h-[89px]" /> : null}
      <ul>
        {query.data?.map((member) => (
          <MemberItem key={member.userId} member={member} viewerId={viewerId} mayAdminister={mayAdminister} />
        ))}
      </ul>
      {mayAdminister ? <InviteForm /> : null}
    </Section>
  );
}

interface MemberItemProps {
  readonly member: Member;
  readonly viewerId: string | null;
  readonly mayAdminister: boolean;
}

function MemberItem({ member, viewerId, mayAdminister }: MemberItemProps) {
  const { setRole, setLimited } = useMemberChanges();
  const [removing, setRemoving] = useState(false);
  const shownName = member.name || member.email;
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 basis-48">
        <bdi className="block truncate font-medium">{shownName}</bdi>
        <bdi className="block truncate text-sm text-ink-3">{member.email}</bdi>
        {member.teams.length > 0 ? <bdi className="block truncate text-sm text-ink-3">{member.teams.join(", ")}</bdi> : null}
      </span>
      <span className="text-sm text-ink-3 max-sm:hidden">
        joined <RelativeTime instant={member.joinedAt} />
      </span>
      {mayAdminister ? (
        <>
          <select
            aria-label={`Role of ${shownName}`}
            value={member.role}
            onChange={(event) => setRole.mutate({ userId: member.userId, role: event.target.value as WorkspaceRole })}
            className="h-8 rounded-md border border-control bg-raised px-2 text-sm"
          >
            {workspaceRole.options.map((role) => (
              <option key={role} value={role}>
                {word(role)}
              </option>
            ))}
          </select>
          <select
            aria-label={`What ${shownName} sees`}
            value={member.limited ? "teams" : "workspace"}
            disabled={member.role === "admin"}
            onChange={(event) => setLimited.mutate({ userId: member.userId, limited: event.target.value === "teams" })}
            className="h-8 rounded-md border border-control bg-raised px-2 text-sm disabled:text-ink-3"
          >
            <option value="workspace">sees everything</option>
            <option value="teams">sees their teams' own</option>
          </select>
          <Button
            size="sm"
            tone="quiet"
            className="max-sm:-ml-2"
            disabled={member.userId === viewerId}
            title={member.userId === viewerId ? "Another admin can remove you" : undefined}
            onClick={() => setRemoving(true)}
          >
            Remove<span className="sr-only"> {shownName}</span>
          </Button>
          {removing ? <RemoveMember member={member} onClose={() => setRemoving(false)} /> : null}
        </>
      ) : (
        <span className="text-sm">
          {word(member.role)}
          {member.limited ? ", for their teams" : ""}
        </span>
      )}
    </li>
  );
}

function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.settings.members.remove.mutationOptions({
      onSuccess: () => {
        onClose();
        void queryClient.invalidateQueries(trpc.settings.pathFilter());
      },
    }),
  );
  return (
    <RemovalDialog
      title={`Remove ${member.name || member.email}?`}
      note="Their next click is refused. What they did stays in the audit log; service users and tasks of theirs stay and need somebody else. A new invitation lets them in again."
      removal={remove}
      onRemove={() => remove.mutate({ userId: member.userId })}
      onClose={onClose}
    />
  );
}
