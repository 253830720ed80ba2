"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Member, Team } from "@/api/views.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { TextArea, TextField } from "@/ui/field.tsx";
import { formatCount } from "@/ui/format.ts";

const shownSuggestions = 12;
const linesOf = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Makes a team (one without an id) or changes one. */
export function TeamDialog({ team, members, onClose }: { team: Team; members: readonly Member[]; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [owners, setOwners] = useState(team.owners.join("\n"));
  const save = useMutation(
    trpc.settings.teams.save.mutationOptions({
      onSuccess: () => {
        onClose();
        void queryClient.invalidateQueries(trpc.settings.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      id: team.id === "" ? null : team.id,
      name: String(form.get("name")),
      owners: [...linesOf(owners)],
      memberIds: form.getAll("member").map(String),
    });
  };
  return (
    <Dialog open onClose={onClose} title={team.id === "" ? "New team" : `Change ${team.name}`}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField label="Name" name="name" defaultValue={team.name} required maxLength={120} />
        <div>
          <TextArea
            label="Owner names"
            hint="One a line, as sources write them: a team's tag, a mailbox, a person's address. The team's own name counts too."
            value={owners}
            onChange={(event) => setOwners(event.target.value)}
          />
          <OwnerSuggestions taken={linesOf(owners)} onAdd={(owner) => setOwners([...linesOf(owners), owner].join("\n"))} />
        </div>
        <PeopleChoice members={members} chosen={team.memberIds} />
        <ActionError error={save.error} />
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={save.isPending}>
            {save.isPending ? "Saving" : "Save"}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function PeopleChoice({ members, chosen }: { members: readonly Member[]; chosen: readonly string[] }) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">People</legend>
      <div className="max-h-48 overflow-y-auto">
        {members.map((member) => (
          <label key={member.userId} className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name="member"
              value={member.userId}
              defaultChecked={chosen.includes(member.userId)}
              className="size-4 accent-(--accent)"
            />
            <bdi className="shrink-0">{member.name || member.email}</bdi>
            <bdi className="truncate text-ink-3">{member.name ? member.email : ""}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The owners that the inventory knows, with how much carries each: nobody should have to guess how a source spells a team. */
function OwnerSuggestions({ taken, onAdd }: { taken: readonly string[]; onAdd: (owner: string) => void }) {
  const trpc = useTRPC();
  const facets = useQuery(trpc.identities.facets.queryOptions({ filter: {} }));
  const known = facets.data?.find(({ field }) => field === "owner")?.values ?? [];
  const lower = new Set(taken.map((owner) => owner.toLowerCase()));
  const offered = known.filter(({ value }) => value !== "" && !lower.has(value.toLowerCase())).slice(0, shownSuggestions);
  if (offered.length === 0) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-1" aria-label="Owners in the inventory">
      {offered.map(({ value, count }) => (
        <button
          key={value}
          type="button"
          onClick={() => onAdd(value)}
          className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm border border-line-strong px-1.5 text-xs text-ink-2 hover:bg-hover"
        >
          <bdi className="truncate">{value}</bdi>
          <span className="text-ink-3">{formatCount(count)}</span>
        </button>
      ))}
    </div>
  );
}
