"use client";

import { Page } from "@/ui/page.tsx";
import { Failure } from "@/ui/states.tsx";

export default function WorkspaceError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Page>
      <Failure what="This page" error={error} onRetry={reset} />
    </Page>
  );
}
