"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { ServiceUserForm } from "./service-user-form.tsx";

type ServiceUser = Outputs["settings"]["serviceUsers"]["list"][number];

function ServiceUserItem({ user, onDisable }: { user: ServiceUser; onDisable: () => void }) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 basis-48">
        <bdi className="block truncate font-medium">{user.name}</bdi>
        <bdi className="block truncate text-sm text-ink-3">{user.purpose}</bdi>
      </span>
      <span className="text-sm text-ink-2">
        {user.ownerName ?? user.ownerTeam ?? "nobody answers for it"}
        {user.ownerName !== null && user.ownerTeam !== null ? `, ${user.ownerTeam}` : ""}
      </span>
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
  const queryClient = useQueryClient();
  const query = useQuery(trpc.settings.serviceUsers.list.queryOptions());
  const disable = useMutation(
    trpc.settings.serviceUsers.disable.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.settings.serviceUsers.pathFilter());
        void queryClient.invalidateQueries(trpc.settings.federations.pathFilter());
        toast("Disabled. Its keys and federations end with the next request.");
      },
      onError: (error) => toast.error(error.message),
    }),
  );
  return (
    <Section title="Service users" aside="members that are no people">
      {query.isError ? <Failure what="The service users" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-24" /> : null}
      {query.data?.length === 0 ? (
        <p className="text-ink-2">None yet. Make one for each job or integration, and name who answers for it.</p>
      ) : null}
      <ul>
        {query.data?.map((user) => (
          <ServiceUserItem key={user.id} user={user} onDisable={() => disable.mutate({ id: user.id })} />
        ))}
      </ul>
      <ServiceUserForm />
    </Section>
  );
}
