"use client";

import { Download, Image as ImageIcon, Table2 } from "lucide-react";
import { useRef, useState, type ReactNode, type RefObject } from "react";
import { toast } from "sonner";
import { IconButton } from "./button.tsx";
import { copyChart } from "./chart-image.ts";

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

function CopyImage({ chart, sentence, name }: { chart: RefObject<HTMLElement | null>; sentence: string; name: string }) {
  const copy = async () => {
    const svg = chart.current?.querySelector("svg[role=img]");
    if (!(svg instanceof SVGSVGElement)) return;
    try {
      const how = await copyChart(svg, sentence, name);
      toast(how === "copied" ? "Copied as an image" : "Saved as an image");
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "The chart could not be drawn as an image.");
    }
  };
  return (
    <IconButton label="Copy as image" onClick={() => void copy()} className="size-7">
      <ImageIcon aria-hidden className="size-4" strokeWidth={1.75} />
    </IconButton>
  );
}

/** A chart under the sentence that it answers, with the same figures as an image, a table and CSV. */
export function ChartFrame({
  sentence,
  name,
  table,
  height,
  children,
}: {
  sentence: string;
  name: string;
  table: ChartTable;
  height: number;
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const frame = useRef<HTMLElement>(null);
  return (
    <figure ref={frame} className="min-w-0">
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
          {asTable ? null : <CopyImage chart={frame} sentence={sentence} name={name} />}
          <IconButton label="Download as CSV" onClick={() => downloadCsv(name, table)} className="size-7">
            <Download aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
        </span>
      </figcaption>
      <div style={{ height }}>{asTable ? <DataTableView table={table} /> : children}</div>
    </figure>
  );
}
