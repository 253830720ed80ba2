"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { errorWords } from "@/ui/error-words.ts";
import { ServiceUserForm } from "./service-user-form.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

type ServiceUser = Outputs["settings"]["serviceUsers"]["list"][number];

type Owners = Pick<ServiceUser, "ownerUserId" | "ownerTeamId">;

interface Choice {
  readonly people: Outputs["settings"]["members"]["list"];
  readonly teams: Outputs["settings"]["teams"]["list"];
}

/** Who answers for it, to be handed on when somebody leaves. Without a person its team does. */
function OwnerSelect({ user, people, teams, onChange }: Choice & { user: ServiceUser; onChange: (owners: Owners) => void }) {
  const gone = user.ownerUserId !== null && !people.some(({ userId }) => userId === user.ownerUserId);
  const nobody = user.ownerUserId === null && user.ownerTeamId === null;
  const choose = (value: string) => {
    const teamId = teams.find(({ id }) => id === value)?.id;
    // A person answers besides the team; a team alone is chosen instead of a person.
    onChange(teamId === undefined ? { ownerUserId: value, ownerTeamId: user.ownerTeamId } : { ownerUserId: null, ownerTeamId: teamId });
  };
  return (
    <select
      aria-label={`Who answers for ${user.name}`}
      value={user.ownerUserId ?? user.ownerTeamId ?? ""}
      onChange={(event) => choose(event.target.value)}
      className="h-8 max-w-56 rounded-md border border-control bg-raised px-2 text-sm"
    >
      {nobody ? (
        <option value="" disabled>
          {user.ownerTeam === null ? "nobody yet" : `${user.ownerTeam}, no team of ours`}
        </option>
      ) : null}
      {gone ? <option value={user.ownerUserId ?? ""}>{user.ownerName ?? "somebody"}, who has left</option> : null}
      {teams.length > 0 ? (
        <optgroup label="Teams">
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </optgroup>
      ) : null}
      <optgroup label="People">
        {people.map((member) => (
          <option key={member.userId} value={member.userId}>
            {member.name || member.email}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

interface ItemProps extends Choice {
  readonly user: ServiceUser;
  readonly onOwner: (owners: Owners) => void;
  readonly onDisable: () => void;
}

function ServiceUserItem({ user, onOwner, onDisable, ...choice }: ItemProps) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 basis-48">
        <bdi className="block truncate font-medium">{user.name}</bdi>
        <bdi className="block truncate text-sm text-ink-3">{user.purpose}</bdi>
      </span>
      <OwnerSelect user={user} {...choice} onChange={onOwner} />
      {user.disabledAt ? (
        <span className="text-sm text-ink-3">
          disabled <RelativeTime instant={user.disabledAt} />
        </span>
      ) : null}
      {user.disabledAt === null ? (
        <Button size="sm" tone="quiet" className="max-sm:-ml-2" onClick={onDisable}>
          Disable<span className="sr-only"> {user.name}</span>
        </Button>
      ) : null}
    </li>
  );
}

/** Members that are no people: they own keys and federations, and somebody owns them. */
export function ServiceUsersSection() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.serviceUsers.list.queryOptions());
  const members = useQuery(trpc.settings.members.list.queryOptions());
  const teams = useQuery(trpc.settings.teams.list.queryOptions());
  const users = trpc.settings.serviceUsers;
  const onError = (error: unknown) => void toast.error(errorWords(error));
  const update = useSettingsChange(users.update.mutationOptions({ onError }), [users.pathFilter()]);
  const disable = useSettingsChange(users.disable.mutationOptions(), [
    users.pathFilter(),
    trpc.settings.federations.pathFilter(),
    trpc.settings.apiKeys.pathFilter(),
  ]);
  const [disabling, setDisabling] = useState<ServiceUser | null>(null);
  return (
    <Section title="Service users" aside="members that are no people">
      {query.isError ? <Failure what="The service users" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-5 max-sm:h-10" /> : null}
      {query.data?.length === 0 ? (
        <p className="text-ink-2">None yet. Make one for each job or integration, and name who answers for it.</p>
      ) : null}
      <ul>
        {query.data?.map((user) => (
          <ServiceUserItem
            key={user.id}
            user={user}
            people={members.data ?? []}
            teams={teams.data ?? []}
            onOwner={(owners) => update.mutate({ id: user.id, user: { name: user.name, purpose: user.purpose, ...owners } })}
            onDisable={() => setDisabling(user)}
          />
        ))}
      </ul>
      {disabling ? (
        <RemovalDialog
          title={`Disable ${disabling.name}?`}
          note="Its keys and the jobs that come in as it are refused from the next request on. It cannot be enabled again; what it did stays in the audit log."
          verb={["Disable", "Disabling"]}
          removal={disable}
          onRemove={() => disable.mutate({ id: disabling.id }, { onSuccess: () => setDisabling(null) })}
          onClose={() => setDisabling(null)}
        />
      ) : null}
      <ServiceUserForm />
    </Section>
  );
}
