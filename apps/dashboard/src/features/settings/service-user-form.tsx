"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import { useSession } from "@/features/shell/use-session.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

const textOf = (value: FormDataEntryValue | null): string | null => {
  const text = String(value ?? "").trim();
  return text === "" ? null : text;
};

export function ServiceUserForm() {
  const trpc = useTRPC();
  const members = useQuery(trpc.settings.members.list.queryOptions());
  const teams = useQuery(trpc.settings.teams.list.queryOptions());
  const create = useSettingsChange(trpc.settings.serviceUsers.create.mutationOptions(), [trpc.settings.serviceUsers.pathFilter()]);
  const people = [
    ...(members.data ?? []).map((member) => ({ value: member.userId, label: member.name || member.email })),
    { value: "", label: "its team alone" },
  ];
  const viewer = useSession()?.user.id;
  return (
    <div className="mt-4 flex flex-col gap-3">
      <form
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const fields = new FormData(form);
          create.mutate(
            {
              name: String(fields.get("name")),
              purpose: String(fields.get("purpose")),
              ownerUserId: textOf(fields.get("owner")),
              ownerTeamId: textOf(fields.get("team")),
            },
            { onSuccess: () => form.reset() },
          );
        }}
      >
        <TextField label="Name" name="name" required maxLength={120} placeholder="release builds" className="w-48" />
        <TextField label="What it is for" name="purpose" required maxLength={500} className="w-64" />
        <SelectField
          // Once the people are known, whoever makes it is offered first: somebody has to answer for it.
          key={members.data === undefined ? "none" : "people"}
          label="Who answers for it"
          name="owner"
          options={people}
          defaultValue={viewer ?? ""}
          className="w-44"
        />
        <SelectField
          label="Team"
          name="team"
          options={[{ value: "", label: "none" }, ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          className="w-44"
        />
        <Button type="submit" disabled={create.isPending}>
          Add a service user
        </Button>
      </form>
      <ActionError error={create.error} />
    </div>
  );
}
