"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import { workspaceRole, type WorkspaceRole } from "@rollcall/nhi-model";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { formatExact } from "@/ui/format.ts";
import { word } from "@/ui/words.ts";
import { ShownOnce } from "./shown-once.tsx";

/** What a role may do, for whoever gives it out. */
const ROLE_WORDS: Readonly<Record<WorkspaceRole, string>> = {
  admin: "Everything, also these settings.",
  analyst: "Reads and imports everything, and acts on every task.",
  owner: "Reads, claims tasks that are nobody's, and acts on their own.",
  auditor: "Reads everything and the audit log, changes nothing.",
};
const ROLES = workspaceRole.options.map((role) => ({ value: role, label: word(role) }));

export function InviteForm() {
  const trpc = useTRPC();
  const [role, setRole] = useState<WorkspaceRole>("owner");
  const invite = useMutation(trpc.settings.invitations.create.mutationOptions());
  return (
    <div className="mt-4 flex flex-col gap-3">
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const email = String(form.get("email") ?? "").trim();
          invite.mutate({ role: form.get("role") as WorkspaceRole, ...(email ? { email } : {}) });
        }}
      >
        <TextField
          label="Invite by email"
          name="email"
          type="email"
          required={role === "owner"}
          placeholder={role === "owner" ? "name@example.org" : "anyone with the link"}
          hint={role === "owner" ? "Owners act on what carries this address." : undefined}
          className="w-64"
        />
        <SelectField
          label="Role"
          name="role"
          options={ROLES}
          value={role}
          onChange={(event) => setRole(event.target.value as WorkspaceRole)}
          hint={ROLE_WORDS[role]}
          className="w-72 max-w-full"
        />
        <Button type="submit" disabled={invite.isPending} className="sm:mt-6">
          Make a link
        </Button>
      </form>
      <ActionError error={invite.error} />
      {invite.data ? (
        <ShownOnce
          label="Invitation link"
          value={invite.data.url}
          note={`Works once, until ${formatExact(invite.data.expiresAt)}. Send it yourself; Rollcall sends no mail.`}
        />
      ) : null}
    </div>
  );
}
