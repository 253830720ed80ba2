"use client";

import { useMay, useSession } from "@/features/shell/use-session.ts";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Parent } from "@/ui/query-page.tsx";
import { Partial, Skeleton } from "@/ui/states.tsx";
import { ConnectorGuide } from "./connector-guide.tsx";
import { ImportForm } from "./import-form.tsx";

function Import() {
  const known = useSession() !== undefined;
  const may = useMay();
  // As tall as the form, which stands above the guide where there is no room beside it.
  if (!known) return <Skeleton className="h-80 max-lg:h-[366px] max-sm:h-[462px]" />;
  if (may.import) return <ImportForm />;
  return (
    <div>
      <Partial>
        Your role reads what others bring. An admin or an analyst of this workspace imports files; beside it stands what to send them.
      </Partial>
    </div>
  );
}

export function AddSourcePage() {
  return (
    <Page>
      <Parent href="/sources" label="Sources" />
      <PageTitle
        title="Bring an export"
        note="Rollcall needs no access to your systems: you export, it reads. Importing the same file twice changes nothing."
      />
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-2">
        <Import />
        <ConnectorGuide />
      </div>
    </Page>
  );
}
