"use client";

import { useState } from "react";
import type { Ingestion } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { SyncReport } from "./ingestion-progress.tsx";
import { firstReports } from "./first-reports.ts";

/** What each source brought. Of many, the first, and the others on request: a load of a whole organisation has dozens. */
export function SyncReports({ ingestion, running }: { ingestion: Ingestion; running: boolean }) {
  const [all, setAll] = useState(false);
  const { syncs } = ingestion;
  const shown = all ? syncs : firstReports(syncs);
  return (
    <>
      {shown.map((sync) => (
        <SyncReport key={sync.id} sync={sync} running={running} ingestionId={ingestion.id} />
      ))}
      {shown.length < syncs.length ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-5">
          <Button onClick={() => setAll(true)}>Show all {formatCount(syncs.length)} sources</Button>
          <span className="text-sm text-ink-3">Sources with records that could not be read stand first.</span>
        </div>
      ) : null}
    </>
  );
}
