"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type ReactNode, type RefObject } from "react";
import { BodyRow, type RowHandlers } from "./body-row.tsx";
import { ROW_HEIGHT, type DataColumn, type Density, type SortState } from "./column.ts";
import { HeaderRow } from "./header-row.tsx";
import { SIDE_CONTROLS_WIDTH, SideControls } from "./side-controls.tsx";
import { useColumnsInSight } from "./use-columns-in-sight.ts";
import { useRowKeys } from "./use-row-keys.ts";

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

function useVirtualRows(ids: readonly Identified[], density: Density, scroller: RefObject<HTMLDivElement | null>) {
  const height = ROW_HEIGHT[density];
  // A new function is to the virtualiser a new list: it would place every loaded row anew at every step of the wheel.
  const estimateSize = useCallback(() => height, [height]);
  const getItemKey = useCallback((index: number) => ids[index]?.id ?? index, [ids]);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called in this render only and never passed to memoised children
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: 12,
    getItemKey,
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

/** Rows that pass under a still pointer while the list is scrolled are not pointed at. */
const REST_MS = 120;

function useRest<T>(onHover: ((row: T) => void) | undefined): (row: T) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (row) => {
    clearTimeout(timer.current);
    if (onHover) timer.current = setTimeout(() => onHover(row), REST_MS);
  };
}

/** The same functions at every drawing, which call what was given last. */
function useRowHandlers<T>(given: RowHandlers<T>): RowHandlers<T> {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  });
  return useMemo(
    () => ({
      focus: (index) => latest.current.focus(index),
      open: (row) => latest.current.open(row),
      hover: (row) => latest.current.hover(row),
    }),
    [],
  );
}

/** Rows of any number: only those in sight exist in the page. Header and name stay in place. */
export function DataTable<T extends Identified>(props: DataTableProps<T>) {
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { visible, template, minWidth, pinnedWidth, side, move } = useColumnsInSight(scroller, props);
  const virtualizer = useVirtualRows(rows, props.density, scroller);
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onMove: (index) => {
      virtualizer.scrollToIndex(index, { align: "auto" });
      focusRow(scroller, index);
      if (props.openId !== null) withRow(rows[index], props.onOpen);
    },
    onToggle: (index) => withRow(rows[index], props.onToggle),
  });
  const on = useRowHandlers<T>({ focus: setCurrent, open: props.onOpen, hover: useRest(props.onHover) });
  const items = virtualizer.getVirtualItems();
  useLoadAhead(items.at(-1)?.index ?? 0, rows.length, props);
  const grid = { role: "grid", "aria-label": props.label, "aria-rowcount": props.total + 1, "aria-colcount": visible.length };
  return (
    <div data-print="flow" className="relative flex min-h-0 flex-1 flex-col">
      {side ? <SideControls side={side} onMove={move} /> : null}
      <div
        ref={scroller}
        {...grid}
        tabIndex={rows.length === 0 ? 0 : undefined}
        data-print="flow"
        className="min-h-0 flex-1 overflow-auto"
        style={{ scrollPaddingLeft: pinnedWidth, scrollPaddingRight: side ? SIDE_CONTROLS_WIDTH : 0 }}
      >
        <div style={{ minWidth }}>
          <div role="rowgroup" className="sticky top-0 z-20 border-b border-line bg-paper">
            <HeaderRow columns={visible} template={template} sort={props.sort} onSort={props.onSort} />
          </div>
          <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              const marked = row.id === props.openId || (props.selected?.has(row.id) ?? false);
              const place = { index: item.index, start: item.start, size: item.size };
              const look = { template, columns: visible, marked, focusable: item.index === Math.max(0, current) };
              return <BodyRow key={row.id} row={row} {...place} {...look} on={on} />;
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
    </div>
  );
}
