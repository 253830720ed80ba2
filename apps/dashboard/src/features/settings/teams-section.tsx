"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Member, Team } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { plural } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { Tag } from "@/ui/tag.tsx";
import { TeamDialog } from "./team-dialog.tsx";

const newTeam: Team = { id: "", name: "", owners: [], memberIds: [] };

/** Who answers together for what. A team is known by the owner names that sources write. */
export function TeamsSection({ mayAdminister }: { mayAdminister: boolean }) {
  const trpc = useTRPC();
  const teams = useQuery(trpc.settings.teams.list.queryOptions());
  const members = useQuery(trpc.settings.members.list.queryOptions());
  const [editing, setEditing] = useState<Team | null>(null);
  const [removing, setRemoving] = useState<Team | null>(null);
  if (teams.isError) return <Failure what="The teams" error={teams.error} onRetry={() => void teams.refetch()} />;
  return (
    <Section title="Teams" aside="who answers together for what">
      {teams.isPending ? <Skeleton className="h-10 max-sm:h-15" /> : null}
      {teams.data?.length === 0 ? (
        <p className="measure text-sm text-ink-2">
          No team yet. A team names the owners it stands for, so that its people may state facts about what carries them, and so that
          somebody's access can be limited to it.
        </p>
      ) : null}
      <ul>
        {teams.data?.map((team) => (
          <TeamItem
            key={team.id}
            team={team}
            members={members.data ?? []}
            onEdit={mayAdminister ? () => setEditing(team) : null}
            onRemove={mayAdminister ? () => setRemoving(team) : null}
          />
        ))}
      </ul>
      {mayAdminister ? (
        <Button className="mt-4" onClick={() => setEditing(newTeam)}>
          New team
        </Button>
      ) : null}
      {editing ? <TeamDialog team={editing} members={members.data ?? []} onClose={() => setEditing(null)} /> : null}
      {removing ? <RemoveTeam team={removing} onClose={() => setRemoving(null)} /> : null}
    </Section>
  );
}

interface TeamItemProps {
  readonly team: Team;
  readonly members: readonly Member[];
  readonly onEdit: (() => void) | null;
  readonly onRemove: (() => void) | null;
}

function TeamItem({ team, members, onEdit, onRemove }: TeamItemProps) {
  const people = members.filter(({ userId }) => team.memberIds.includes(userId)).map(({ name, email }) => name || email);
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
      <span className="min-w-0 flex-1 basis-56">
        <bdi className="block truncate font-medium">{team.name}</bdi>
        <span className="block truncate text-sm text-ink-3" title={people.join(", ")}>
          {people.length === 0 ? "nobody yet" : people.length <= 3 ? people.join(", ") : plural(people.length, "person", "people")}
        </span>
      </span>
      <span className="flex min-w-0 flex-wrap gap-1" aria-label={`Owner names of ${team.name}`}>
        {[team.name.toLowerCase(), ...team.owners].slice(0, 6).map((owner) => (
          <Tag key={owner} className="max-w-48 truncate">
            <bdi>{owner}</bdi>
          </Tag>
        ))}
        {team.owners.length > 5 ? <span className="text-sm text-ink-3">and {team.owners.length - 5} more</span> : null}
      </span>
      {onEdit && onRemove ? (
        <span className="flex max-sm:-ml-2">
          <Button size="sm" tone="quiet" onClick={onEdit}>
            Edit<span className="sr-only"> {team.name}</span>
          </Button>
          <Button size="sm" tone="quiet" onClick={onRemove}>
            Remove<span className="sr-only"> {team.name}</span>
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function RemoveTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.settings.teams.remove.mutationOptions({
      onSuccess: () => {
        onClose();
        toast(`Removed ${team.name}.`);
        void queryClient.invalidateQueries(trpc.settings.pathFilter());
      },
    }),
  );
  return (
    <RemovalDialog
      title={`Remove ${team.name}?`}
      note="Its people stay members of the workspace. Those whose access is limited to their teams no longer see what this one answers for."
      removal={remove}
      onRemove={() => remove.mutate({ id: team.id })}
      onClose={onClose}
    />
  );
}
