"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { authCall } from "@/features/sign-in/auth-call.ts";
import { addPasskey } from "@/features/sign-in/passkeys.ts";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";
import { Section } from "@/ui/page.tsx";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { errorWords } from "@/ui/error-words.ts";

interface Passkey {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt?: string | null;
  readonly backedUp: boolean;
}

const nameOf = ({ name }: Passkey): string => name ?? "Passkey";

async function listPasskeys(): Promise<readonly Passkey[]> {
  const response = await fetch("/api/auth/passkey/list-user-passkeys");
  if (!response.ok) throw new Error("The passkeys could not be loaded.");
  return (await response.json()) as readonly Passkey[];
}

/** Keys on the person's own devices: they sign in without a password, and phishing gets nothing from them. */
export function PasskeysSection() {
  const queryClient = useQueryClient();
  const key = ["passkeys"];
  const query = useQuery({ queryKey: key, queryFn: listPasskeys });
  const refresh = () => void queryClient.invalidateQueries({ queryKey: key });
  const add = useMutation({ mutationFn: addPasskey, onSuccess: refresh });
  const [going, setGoing] = useState<Passkey | null>(null);
  return (
    <Section title="Passkeys" aside="to sign in with this device">
      {query.isError ? <Failure what="The passkeys" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-12" /> : null}
      <ul>
        {query.data?.map((passkey) => (
          <li key={passkey.id} className="flex min-h-12 items-center gap-4 border-b border-line py-1.5">
            <span className="min-w-0 flex-1">
              <bdi className="font-medium">{nameOf(passkey)}</bdi>
              <span className="block text-sm text-ink-3">{passkey.backedUp ? "synced between devices" : "on one device only"}</span>
            </span>
            {passkey.createdAt ? (
              <span className="text-sm text-ink-3">
                added <RelativeTime instant={passkey.createdAt} />
              </span>
            ) : null}
            <Button size="sm" tone="quiet" onClick={() => setGoing(passkey)}>
              Remove<span className="sr-only"> {nameOf(passkey)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="mt-4 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const element = event.currentTarget;
          add.mutate(String(new FormData(element).get("name")), { onSuccess: () => element.reset() });
        }}
      >
        <TextField
          label="Name of this device"
          name="name"
          required
          maxLength={60}
          placeholder="laptop"
          className="w-56"
          error={add.error ? errorWords(add.error) : undefined}
        />
        <Button type="submit" disabled={add.isPending}>
          {add.isPending ? "Waiting for your device" : "Add a passkey"}
        </Button>
      </form>
      {going ? <PasskeyRemoval passkey={going} onRemoved={refresh} onClose={() => setGoing(null)} /> : null}
    </Section>
  );
}

function PasskeyRemoval({ passkey, onRemoved, onClose }: { passkey: Passkey; onRemoved: () => void; onClose: () => void }) {
  const remove = useMutation({
    mutationFn: () => authCall("/passkey/delete-passkey", { id: passkey.id }),
    onSuccess: () => {
      toast("Passkey removed");
      onClose();
      onRemoved();
    },
  });
  return (
    <RemovalDialog
      title={`Remove ${nameOf(passkey)}?`}
      note="It no longer signs you in. Your password and other passkeys stay. The device may go on offering it until you delete it there."
      removal={remove}
      onRemove={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
