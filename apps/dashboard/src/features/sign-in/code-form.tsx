"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";
import { authCall } from "./auth-call.ts";

/** The second step: a code of the authenticator, or one of the backup codes when the device is gone. */
export function CodeForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [backup, setBackup] = useState(false);
  const verify = useMutation({
    mutationFn: ({ code, trustDevice }: { code: string; trustDevice: boolean }) =>
      authCall(
        backup ? "/two-factor/verify-backup-code" : "/two-factor/verify-totp",
        { code, trustDevice },
        {
          401: backup ? "This backup code is wrong or was used before." : "This code does not match. Codes change every 30 seconds.",
        },
      ),
    onSuccess: onDone,
  });
  return (
    <form
      method="post"
      className="mt-4 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        verify.mutate({ code: String(form.get("code")).replaceAll(/\s/g, ""), trustDevice: form.get("trust") === "on" });
      }}
    >
      <TextField
        key={backup ? "backup" : "totp"}
        label={backup ? "Backup code" : "Code of your authenticator"}
        name="code"
        inputMode={backup ? "text" : "numeric"}
        autoComplete="one-time-code"
        required
        autoFocus
      />
      <label className="flex items-center gap-2 text-sm">
        <input type="checkbox" name="trust" className="size-4 accent-(--accent)" />
        Do not ask again on this device for 30 days
      </label>
      <ActionError error={verify.error} />
      <Button type="submit" tone="primary" size="lg" disabled={verify.isPending || verify.isSuccess}>
        {verify.isPending ? "Checking" : "Continue"}
      </Button>
      <div className="flex justify-between text-sm">
        <button type="button" className="data-link" onClick={() => setBackup(!backup)}>
          {backup ? "Use the authenticator" : "Use a backup code"}
        </button>
        <button type="button" className="data-link" onClick={onBack}>
          Back
        </button>
      </div>
    </form>
  );
}
