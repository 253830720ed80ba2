"use client";

import { Download, Table2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { IconButton } from "./button.tsx";

export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Cells that a spreadsheet would run as a formula are quoted first. */
function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function downloadCsv(name: string, table: ChartTable): void {
  const text = [table.columns, ...table.rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

function DataTableView({ table }: { table: ChartTable }) {
  return (
    <div className="h-full overflow-auto" tabIndex={0} role="region" aria-label="Figures of the chart">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left text-ink-3">
            {table.columns.map((column) => (
              <th key={column} className="sticky top-0 bg-paper py-1 pr-4 font-normal">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {row.map((cell, column) => (
                <td key={table.columns[column]} className="py-1 pr-4">
                  {cell ?? "unknown"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A chart under the sentence that it answers, with the same figures as a table and as CSV. */
export function ChartFrame({
  sentence,
  name,
  table,
  height,
  children,
}: {
  sentence: ReactNode;
  name: string;
  table: ChartTable;
  height: number;
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-3 flex min-h-7 items-start justify-between gap-4 border-b border-line pb-2">
        <h2 className="text-base font-semibold">{sentence}</h2>
        <span className="-my-1 flex shrink-0" data-print="hide">
          <IconButton
            label={asTable ? "Show as chart" : "Show as table"}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            className="size-7"
          >
            <Table2 aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
          <IconButton label="Download as CSV" onClick={() => downloadCsv(name, table)} className="size-7">
            <Download aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
        </span>
      </figcaption>
      <div style={{ height }}>{asTable ? <DataTableView table={table} /> : children}</div>
    </figure>
  );
}
