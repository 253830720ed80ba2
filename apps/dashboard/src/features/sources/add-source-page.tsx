import { Page, PageTitle } from "@/ui/page.tsx";
import { Parent } from "@/ui/query-page.tsx";
import { ConnectorGuide } from "./connector-guide.tsx";
import { ImportForm } from "./import-form.tsx";

export function AddSourcePage() {
  return (
    <Page>
      <Parent href="/sources" label="Sources" />
      <PageTitle
        title="Bring an export"
        note="Rollcall needs no access to your systems: you export, it reads. Importing the same file twice changes nothing."
      />
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-2">
        <ImportForm />
        <ConnectorGuide />
      </div>
    </Page>
  );
}
