import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "../cx.ts";
import type { DataColumn, SortState } from "./column.ts";

interface HeaderRowProps<T> {
  readonly columns: readonly DataColumn<T>[];
  readonly template: string;
  readonly sort: SortState | null;
  readonly onSort: (sort: SortState) => void;
}

function nextSort<T>(column: DataColumn<T>, sort: SortState | null): SortState {
  const first = column.firstDirection ?? "desc";
  if (sort?.column !== column.sort) return { column: column.sort ?? "", direction: first };
  return { column: sort?.column ?? "", direction: sort?.direction === "asc" ? "desc" : "asc" };
}

export function HeaderRow<T>({ columns, template, sort, onSort }: HeaderRowProps<T>) {
  return (
    <div role="row" aria-rowindex={1} className="grid h-8 items-stretch" style={{ gridTemplateColumns: template }}>
      {columns.map((column) => {
        const active = column.sort !== undefined && sort?.column === column.sort;
        const Arrow = sort?.direction === "asc" ? ArrowUp : ArrowDown;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={active ? (sort?.direction === "asc" ? "ascending" : "descending") : undefined}
            className={cx(
              "flex items-center bg-paper text-sm text-ink-3",
              column.pinned && "sticky left-0 z-10 pl-4 sm:pl-8",
              column.alignEnd ? "justify-end pr-4" : "pr-3",
              !column.pinned && "pl-1",
            )}
          >
            {column.sort ? (
              <button
                type="button"
                onClick={() => onSort(nextSort(column, sort))}
                className={cx(
                  "-mx-1 flex h-6 items-center gap-1 rounded-sm px-1 hover:bg-hover hover:text-ink",
                  active && "font-medium text-ink",
                )}
              >
                {column.header}
                {active ? <Arrow aria-hidden className="size-3" /> : null}
              </button>
            ) : (
              column.header
            )}
          </div>
        );
      })}
    </div>
  );
}
