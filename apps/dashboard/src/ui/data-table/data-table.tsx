"use client";

import { columnVisibilityFeature, tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, type ReactNode } from "react";
import { cx } from "../cx.ts";
import { gridTemplate, ROW_HEIGHT, type DataColumn, type Density, type SortState } from "./column.ts";
import { HeaderRow } from "./header-row.tsx";
import { useRowKeys } from "./use-row-keys.ts";

const features = tableFeatures({ columnVisibilityFeature });

export interface DataTableProps<T extends { readonly id: string }> {
  readonly label: string;
  readonly columns: readonly DataColumn<T>[];
  readonly rows: readonly T[];
  /** All rows that match, loaded or not; for assistive technology. */
  readonly total: number;
  readonly hidden: Readonly<Record<string, boolean>>;
  readonly density: Density;
  readonly sort: SortState | null;
  readonly onSort: (sort: SortState) => void;
  readonly openId: string | null;
  readonly onOpen: (row: T) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onToggle?: (row: T) => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly onHover?: (row: T) => void;
  readonly empty: ReactNode;
}

function useVisibleColumns<T extends { readonly id: string }>(props: DataTableProps<T>) {
  const definitions = useMemo(() => props.columns.map((column): ColumnDef<typeof features, T> => ({ id: column.id, header: column.header, cell: (context) => column.cell(context.row.original) })), [props.columns]);
  const columnVisibility = useMemo(() => Object.fromEntries(props.columns.map((column) => [column.id, !props.hidden[column.id]])), [props.columns, props.hidden]);
  const data = props.rows as T[];
  const table = useTable({ features, columns: definitions, data, state: { columnVisibility }, getRowId: (row) => row.id });
  const visible = props.columns.filter((column) => columnVisibility[column.id]);
  return { table, visible };
}

/** Rows of any number: only those in sight exist in the page. Header and name stay in place. */
export function DataTable<T extends { readonly id: string }>(props: DataTableProps<T>) {
  const { table, visible } = useVisibleColumns(props);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = table.getRowModel().rows;
  const height = ROW_HEIGHT[props.density];
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12, getItemKey: (index) => rows[index]?.id ?? index });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, height]);

  const original = (index: number) => rows[index]?.original;
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onMove: (index) => {
      virtualizer.scrollToIndex(index, { align: "auto" });
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }));
      const row = original(index);
      if (row && props.openId !== null) props.onOpen(row);
    },
    onOpen: (index) => withRow(original(index), props.onOpen),
    onToggle: props.onToggle ? (index) => withRow(original(index), props.onToggle) : undefined,
  });

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasMore, onMore } = props;
  useEffect(() => {
    if (hasMore && last >= rows.length - 40) onMore();
  }, [hasMore, last, onMore, rows.length]);

  const template = gridTemplate(visible);
  const minWidth = visible.reduce((sum, column) => sum + column.width, 0);
  return (
    <div ref={scroller} role="grid" aria-label={props.label} aria-rowcount={props.total + 1} aria-colcount={visible.length} tabIndex={rows.length === 0 ? 0 : undefined} data-print="flow" className="min-h-0 flex-1 overflow-auto">
      <div style={{ minWidth }}>
        <div role="rowgroup" className="sticky top-0 z-20 border-b border-line bg-paper">
          <HeaderRow columns={visible} template={template} sort={props.sort} onSort={props.onSort} />
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const open = row.id === props.openId;
            return (
              <div
                key={row.id}
                role="row"
                data-index={item.index}
                aria-rowindex={item.index + 2}
                aria-selected={props.selected?.has(row.id) ?? open}
                tabIndex={item.index === Math.max(0, current) ? 0 : -1}
                onFocus={() => setCurrent(item.index)}
                onPointerEnter={() => props.onHover?.(row.original)}
                onClick={(event) => {
                  if (event.target instanceof Element && event.target.closest("a,button,input,label")) return;
                  setCurrent(item.index);
                  props.onOpen(row.original);
                }}
                className={cx("group absolute inset-x-0 grid cursor-default items-stretch border-b border-line bg-paper text-sm hover:bg-hover focus-visible:-outline-offset-2", (open || props.selected?.has(row.id)) && "bg-selected hover:bg-selected")}
                style={{ gridTemplateColumns: template, height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row.getVisibleCells().map((cell, place) => {
                  const column = visible[place];
                  return (
                    <div key={cell.id} role="gridcell" className={cx("flex min-w-0 items-center", column?.pinned ? "sticky left-0 z-10 bg-inherit pl-4 sm:pl-8" : "pl-1", column?.alignEnd ? "justify-end pr-4" : "pr-3")}>
                      <table.FlexRender cell={cell} />
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? props.empty : null}
      {hasMore ? <p className="sticky left-0 px-8 py-2 text-sm text-ink-3">Loading more</p> : null}
    </div>
  );
}

function withRow<T>(row: T | undefined, action: ((row: T) => void) | undefined): void {
  if (row !== undefined) action?.(row);
}
