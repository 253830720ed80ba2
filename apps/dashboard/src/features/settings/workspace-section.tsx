"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { Session } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";
import { Section } from "@/ui/page.tsx";
import { errorWords } from "@/ui/error-words.ts";

export function WorkspaceSection({ session, mayRename }: { session: Session; mayRename: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(session.workspace.name);
  const rename = useMutation(
    trpc.settings.workspace.rename.mutationOptions({
      onSuccess: () => {
        toast("Renamed");
        void queryClient.invalidateQueries(trpc.session.me.queryFilter());
      },
    }),
  );
  if (!mayRename)
    return (
      <Section title="Workspace">
        <p className="text-sm">{session.workspace.name}</p>
      </Section>
    );
  return (
    <Section title="Workspace">
      <form
        className="flex max-w-md items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ name });
        }}
      >
        <TextField
          label="Name"
          className="flex-1"
          value={name}
          maxLength={120}
          required
          onChange={(event) => setName(event.target.value)}
          error={rename.error ? errorWords(rename.error) : undefined}
        />
        <Button type="submit" disabled={rename.isPending || name.trim() === "" || name === session.workspace.name}>
          Rename
        </Button>
      </form>
    </Section>
  );
}
