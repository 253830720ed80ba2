"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { ServiceUserForm } from "./service-user-form.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

type ServiceUser = Outputs["settings"]["serviceUsers"]["list"][number];

type People = Outputs["settings"]["members"]["list"];

/** Who answers for it, to be handed on when somebody leaves. Without a person its team does. */
function OwnerSelect({ user, people, onChange }: { user: ServiceUser; people: People; onChange: (ownerUserId: string | null) => void }) {
  const gone = user.ownerUserId !== null && !people.some(({ userId }) => userId === user.ownerUserId);
  return (
    <select
      aria-label={`Who answers for ${user.name}`}
      value={user.ownerUserId ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      className="h-8 max-w-44 rounded-md border border-control bg-raised px-2 text-sm"
    >
      <option value="">{user.ownerTeam ?? "a team"}</option>
      {gone ? <option value={user.ownerUserId ?? ""}>{user.ownerName ?? "somebody"}, who has left</option> : null}
      {people.map((member) => (
        <option key={member.userId} value={member.userId}>
          {member.name || member.email}
        </option>
      ))}
    </select>
  );
}

interface ItemProps {
  readonly user: ServiceUser;
  readonly people: People;
  readonly onOwner: (ownerUserId: string | null) => void;
  readonly onDisable: () => void;
}

function ServiceUserItem({ user, people, onOwner, onDisable }: ItemProps) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 basis-48">
        <bdi className="block truncate font-medium">{user.name}</bdi>
        <bdi className="block truncate text-sm text-ink-3">{user.purpose}</bdi>
      </span>
      <OwnerSelect user={user} people={people} onChange={onOwner} />
      {user.disabledAt ? (
        <span className="text-sm text-ink-3">
          disabled <RelativeTime instant={user.disabledAt} />
        </span>
      ) : null}
      <Button size="sm" tone="quiet" disabled={user.disabledAt !== null} onClick={onDisable}>
        Disable
      </Button>
    </li>
  );
}

/** Members that are no people: they own keys and federations, and somebody owns them. */
export function ServiceUsersSection() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.serviceUsers.list.queryOptions());
  const members = useQuery(trpc.settings.members.list.queryOptions());
  const users = trpc.settings.serviceUsers;
  const onError = (error: { readonly message: string }) => void toast.error(error.message);
  const update = useSettingsChange(users.update.mutationOptions({ onError }), [users.pathFilter()]);
  const disable = useSettingsChange(users.disable.mutationOptions({ onError }), [
    users.pathFilter(),
    trpc.settings.federations.pathFilter(),
  ]);
  return (
    <Section title="Service users" aside="members that are no people">
      {query.isError ? <Failure what="The service users" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-24" /> : null}
      {query.data?.length === 0 ? (
        <p className="text-ink-2">None yet. Make one for each job or integration, and name who answers for it.</p>
      ) : null}
      <ul>
        {query.data?.map((user) => (
          <ServiceUserItem
            key={user.id}
            user={user}
            people={members.data ?? []}
            onOwner={(ownerUserId) =>
              update.mutate({ id: user.id, user: { name: user.name, purpose: user.purpose, ownerUserId, ownerTeam: user.ownerTeam } })
            }
            onDisable={() =>
              disable.mutate(
                { id: user.id },
                { onSuccess: () => void toast("Disabled. Its keys and federations end with the next request.") },
              )
            }
          />
        ))}
      </ul>
      <ServiceUserForm />
    </Section>
  );
}
