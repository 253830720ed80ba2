import { useId } from "react";
import { cx } from "@/ui/cx.ts";
import { CONTROL } from "@/ui/field.tsx";
import type { TableField } from "@rollcall/nhi-model";
import { withField, type MappingDraft } from "./draft.ts";
import { fieldGroups } from "./field-words.ts";
import type { TableSeen } from "./use-tables.ts";

type Column = TableSeen["columns"][number];

function Meaning({ label, value, onField }: { label: string; value: TableField | ""; onField: (field: TableField | "") => void }) {
  return (
    <select
      aria-labelledby={label}
      className={cx(CONTROL, value === "" && "text-ink-3")}
      value={value}
      onChange={(event) => onField(event.target.value as TableField | "")}
    >
      <option value="">Not read</option>
      {fieldGroups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.fields.map(([field, text]) => (
            <option key={field} value={field}>
              {text}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function ColumnItem({ column, draft, onDraft }: { column: Column; draft: MappingDraft; onDraft: (changed: MappingDraft) => void }) {
  const id = useId();
  return (
    <li className="grid grid-cols-1 items-center gap-x-4 gap-y-1.5 border-b border-line py-2 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,15rem)]">
      <div className="min-w-0">
        <p id={id} className="truncate text-sm font-medium" title={column.name}>
          <bdi>{column.name}</bdi>
        </p>
        <p className="truncate font-mono text-xs text-ink-3">
          {column.samples.length === 0 ? (
            <span className="font-sans">empty in the first rows</span>
          ) : (
            column.samples.map((sample, index) => (
              <span key={sample}>
                {index > 0 ? <span aria-hidden> · </span> : null}
                <bdi>{sample}</bdi>
              </span>
            ))
          )}
        </p>
        {column.looksSecret ? <p className="text-xs text-ink-2">Looks like secrets: the values are never stored.</p> : null}
      </div>
      <Meaning label={id} value={draft.fieldOf[column.name] ?? ""} onField={(field) => onDraft(withField(draft, column.name, field))} />
    </li>
  );
}

export function ColumnList({
  columns,
  draft,
  onDraft,
}: {
  columns: readonly Column[];
  draft: MappingDraft;
  onDraft: (changed: MappingDraft) => void;
}) {
  const hasReference = Object.values(draft.fieldOf).includes("ref");
  return (
    <div>
      {hasReference ? null : (
        <p role="alert" className="mb-2 border-l-2 border-critical pl-3 text-sm text-critical">
          Choose the column that identifies a record: an id, an ARN, a login.
        </p>
      )}
      <ul aria-label="Columns of the table">
        {columns.map((column) => (
          <ColumnItem key={column.name} column={column} draft={draft} onDraft={onDraft} />
        ))}
      </ul>
    </div>
  );
}
