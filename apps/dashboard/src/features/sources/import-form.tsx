"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/field.tsx";
import { plural } from "@/ui/format.ts";
import { errorWords } from "@/ui/error-words.ts";
import { ChosenFiles, DropZone } from "./drop-zone.tsx";
import { sendFiles } from "./send-files.ts";
import { TableStep } from "./table/table-step.tsx";
import { useTables } from "./table/use-tables.ts";

/** A date is taken as its end of day in UTC, but never later than now. */
function endOfDay(date: string): string | null {
  if (!date) return null;
  const end = new Date(`${date}T23:59:59Z`);
  return new Date(Math.min(end.getTime(), Date.now())).toISOString();
}

function Tables({ tables: { unknown, table, draft, setDraft } }: { tables: ReturnType<typeof useTables> }) {
  if (table === null || draft === null) return null;
  if (unknown.length === 1) return <TableStep table={table} draft={draft} onDraft={setDraft} />;
  return (
    <p role="alert" className="border-l-2 border-critical pl-3 text-sm text-critical">
      {unknown.length} of the files are tables with columns of their own. Import one of them at a time.
    </p>
  );
}

export function ImportForm() {
  const router = useRouter();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [date, setDate] = useState("");
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const [account, setAccount] = useState("");
  const tables = useTables(files);
  const incomplete = tables.pending || tables.unknown.length > 1 || (tables.table !== null && tables.mapping === null);
  const send = useMutation({
    mutationFn: () => sendFiles(files, { asOf: endOfDay(date), account: account.trim() || null, mapping: tables.mapping }),
    onSuccess: (ingestion) => router.push(`/sources/imports/${ingestion.id}`),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <DropZone onFiles={(added) => setFiles((before) => [...before, ...added])} />
      {files.length > 0 ? (
        <ChosenFiles
          files={files}
          onRemove={(file) => setFiles((before) => before.filter((other) => other !== file))}
          onClear={() => setFiles([])}
        />
      ) : null}
      <Tables tables={tables} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label="Date of the export"
          type="date"
          value={date}
          max={today}
          onChange={(event) => setDate(event.target.value)}
          hint="Only if the files do not carry it. Ages are computed as of it."
        />
        <TextField
          label="Account or cluster"
          value={account}
          onChange={(event) => setAccount(event.target.value)}
          hint="Only for files that do not name it."
          maxLength={200}
        />
      </div>
      {send.isError ? (
        <p role="alert" className="border-l-2 border-critical pl-3 text-sm text-critical">
          {errorWords(send.error)}
        </p>
      ) : null}
      <div>
        <Button type="submit" tone="primary" size="lg" disabled={files.length === 0 || incomplete || send.isPending}>
          {send.isPending ? "Reading the files" : files.length === 0 ? "Import" : `Import ${plural(files.length, "file")}`}
        </Button>
      </div>
    </form>
  );
}
