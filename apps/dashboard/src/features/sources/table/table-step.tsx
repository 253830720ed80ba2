"use client";

import { credentialKind, identityKind, type CredentialKind, type IdentityKind } from "@rollcall/nhi-model";
import { SelectField, TextField } from "@/ui/field.tsx";
import { word } from "@/ui/words.ts";
import { ColumnList } from "./column-list.tsx";
import { needsCredentialKind, needsIdentityKind, type MappingDraft } from "./draft.ts";
import { Outcome } from "./outcome.tsx";
import type { UnknownTable } from "./use-tables.ts";

const options = (kinds: readonly string[]) => kinds.map((value) => ({ value, label: word(value) }));

function Kinds({ draft, onDraft }: { draft: MappingDraft; onDraft: (changed: MappingDraft) => void }) {
  return (
    <>
      {needsIdentityKind(draft) ? (
        <SelectField
          label="Kind of identity, in every row"
          hint="No column says it."
          value={draft.identityKind}
          options={options(identityKind.options)}
          onChange={(event) => onDraft({ ...draft, identityKind: event.target.value as IdentityKind })}
        />
      ) : null}
      {needsCredentialKind(draft) ? (
        <SelectField
          label="Kind of credential, in every row"
          hint="No column says it."
          value={draft.credentialKind}
          options={options(credentialKind.options)}
          onChange={(event) => onDraft({ ...draft, credentialKind: event.target.value as CredentialKind })}
        />
      ) : null}
    </>
  );
}

interface StepProps {
  readonly table: UnknownTable;
  readonly draft: MappingDraft;
  readonly onDraft: (changed: MappingDraft) => void;
}

/** A table that nobody knows: which column is what, and what would come of it. */
export function TableStep({ table, draft, onDraft }: StepProps) {
  return (
    <section aria-labelledby="table-step" className="flex flex-col gap-5 border-y border-line py-5">
      <div>
        <h2 id="table-step" className="text-lg font-semibold">
          Which column is what?
        </h2>
        <p className="measure text-sm text-ink-2">
          {table.seen.saved
            ? "Filled in as in the last import of this source. Change what is different."
            : "Filled in from the names of the columns. What you say here is kept for the next table of this source."}
        </p>
      </div>
      <ColumnList columns={table.seen.columns} draft={draft} onDraft={onDraft} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label="Name of the source"
          required
          maxLength={120}
          value={draft.source}
          error={draft.source.trim() === "" ? "A source needs a name." : undefined}
          hint="The next table under this name updates it."
          onChange={(event) => onDraft({ ...draft, source: event.target.value })}
        />
        <Kinds draft={draft} onDraft={onDraft} />
      </div>
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-(--color-accent)"
          checked={draft.complete}
          onChange={(event) => onDraft({ ...draft, complete: event.target.checked })}
        />
        <span>
          The table lists everything there is
          <span className="block text-xs text-ink-3">What its next version no longer lists counts as missing, then as gone.</span>
        </span>
      </label>
      <Outcome table={table} draft={draft} />
    </section>
  );
}
