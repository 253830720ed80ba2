"use client";

import { columnVisibilityFeature, tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, type ReactNode, type RefObject } from "react";
import { BodyCell, BodyRow } from "./body-row.tsx";
import { gridTemplate, ROW_HEIGHT, type DataColumn, type Density, type SortState } from "./column.ts";
import { HeaderRow } from "./header-row.tsx";
import { useRowKeys } from "./use-row-keys.ts";

const features = tableFeatures({ columnVisibilityFeature });

interface Identified {
  readonly id: string;
}

export interface DataTableProps<T extends Identified> {
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

function useVisibleColumns<T extends Identified>(props: DataTableProps<T>) {
  const definitions = useMemo(
    () =>
      props.columns.map((column): ColumnDef<typeof features, T> => ({
        id: column.id,
        header: column.header,
        cell: (context) => column.cell(context.row.original),
      })),
    [props.columns],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(props.columns.map((column) => [column.id, !props.hidden[column.id]])),
    [props.columns, props.hidden],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: props.rows as T[],
    state: { columnVisibility },
    getRowId: (row) => row.id,
  });
  return { table, visible: props.columns.filter((column) => columnVisibility[column.id]) };
}

function useVirtualRows(ids: readonly Identified[], density: Density, scroller: RefObject<HTMLDivElement | null>) {
  const height = ROW_HEIGHT[density];
  // oxlint-disable-next-line react/incompatible-library -- its functions are called in this render only and never passed to memoised children
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => ids[index]?.id ?? index,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, height]);
  return virtualizer;
}

/** Asks for the next page before the end of the loaded rows comes into sight. */
function useLoadAhead(last: number, loaded: number, { hasMore, onMore }: { hasMore: boolean; onMore: () => void }): void {
  useEffect(() => {
    if (hasMore && last >= loaded - 40) onMore();
  }, [hasMore, last, onMore, loaded]);
}

/** After the row has been drawn; scrolling is the virtualiser's. */
function focusRow(scroller: RefObject<HTMLDivElement | null>, index: number): void {
  requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }));
}

function withRow<T>(row: T | undefined, action: ((row: T) => void) | undefined): void {
  if (row !== undefined) action?.(row);
}

/** Rows of any number: only those in sight exist in the page. Header and name stay in place. */
export function DataTable<T extends Identified>(props: DataTableProps<T>) {
  const { table, visible } = useVisibleColumns(props);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = table.getRowModel().rows;
  const virtualizer = useVirtualRows(rows, props.density, scroller);
  const original = (index: number) => rows[index]?.original;
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onMove: (index) => {
      virtualizer.scrollToIndex(index, { align: "auto" });
      focusRow(scroller, index);
      if (props.openId !== null) withRow(original(index), props.onOpen);
    },
    onToggle: (index) => withRow(original(index), props.onToggle),
  });
  const items = virtualizer.getVirtualItems();
  useLoadAhead(items.at(-1)?.index ?? 0, rows.length, props);
  const template = gridTemplate(visible);
  const minWidth = visible.reduce((sum, column) => sum + column.width, 0);
  const grid = { role: "grid", "aria-label": props.label, "aria-rowcount": props.total + 1, "aria-colcount": visible.length };
  return (
    <div ref={scroller} {...grid} tabIndex={rows.length === 0 ? 0 : undefined} data-print="flow" className="min-h-0 flex-1 overflow-auto">
      <div style={{ minWidth }}>
        <div role="rowgroup" className="sticky top-0 z-20 border-b border-line bg-paper">
          <HeaderRow columns={visible} template={template} sort={props.sort} onSort={props.onSort} />
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const marked = row.id === props.openId || (props.selected?.has(row.id) ?? false);
            const look = { template, marked, focusable: item.index === Math.max(0, current) };
            const on = { onFocus: () => setCurrent(item.index), onOpen: props.onOpen, onHover: props.onHover };
            return (
              <BodyRow key={row.id} row={row.original} item={item} {...look} {...on}>
                {row.getVisibleCells().map((cell, position) => (
                  <BodyCell key={cell.id} column={visible[position]}>
                    <table.FlexRender cell={cell} />
                  </BodyCell>
                ))}
              </BodyRow>
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? (
        // A grid holds rows only, also when it says that there are none.
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell">{props.empty}</div>
          </div>
        </div>
      ) : null}
      {props.hasMore ? <p className="sticky left-0 px-8 py-2 text-sm text-ink-3">Loading more</p> : null}
    </div>
  );
}
