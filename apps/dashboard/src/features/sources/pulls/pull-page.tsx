"use client";

import { useMay, useSession } from "@/features/shell/use-session.ts";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Parent } from "@/ui/query-page.tsx";
import { Partial, Skeleton } from "@/ui/states.tsx";
import { PullForm } from "./pull-form.tsx";
import { PullPermissions } from "./pull-permissions.tsx";

function Form() {
  const known = useSession() !== undefined;
  const may = useMay();
  if (!known) return <Skeleton className="h-80" />;
  if (may.administer) return <PullForm />;
  return (
    <div>
      <Partial>
        An admin of this workspace connects addresses: their credentials are kept here. Beside it stands what they have to allow.
      </Partial>
    </div>
  );
}

export function PullPage() {
  return (
    <Page>
      <Parent href="/sources" label="Sources" />
      <PageTitle
        title="Pull from an address"
        note="Rollcall reads an export by itself, now and then every so often, and treats it like one that somebody brought."
      />
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-2">
        <Form />
        <PullPermissions />
      </div>
    </Page>
  );
}
