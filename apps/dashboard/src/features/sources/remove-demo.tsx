"use client";

import { useState } from "react";
import type { Source } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { plural } from "@/ui/format.ts";
import { RemovalDialog } from "@/ui/removal-dialog.tsx";
import { useRemoveDemo } from "./demo-actions.ts";

/** One action for all demo sources, after saying what goes with them and what stays. */
export function RemoveDemo({ sources }: { sources: readonly Source[] }) {
  const [asking, setAsking] = useState(false);
  const remove = useRemoveDemo(() => setAsking(false));
  const demo = sources.filter((source) => source.origin === "demo");
  const identities = demo.reduce((sum, source) => sum + source.identities, 0);
  return (
    <>
      <Button disabled={remove.isPending} onClick={() => setAsking(true)}>
        {remove.isPending ? "Removing the demo" : "Remove the demo organisation"}
      </Button>
      {asking ? (
        <RemovalDialog
          title="Remove the demo organisation?"
          note={`Its ${plural(demo.length, "source")} and ${plural(identities, "identity", "identities")} go, with their findings, tasks and history. What you brought yourself stays. You can load the demo again at any time.`}
          removal={remove}
          onRemove={() => remove.mutate()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
