"use client";

import { memo, type ReactNode } from "react";
import { cx } from "../cx.ts";
import type { DataColumn } from "./column.ts";

/** Stay the same from one drawing to the next, so that a row is drawn again only when it shows something else. */
export interface RowHandlers<T> {
  readonly focus: (index: number) => void;
  readonly open: (row: T) => void;
  readonly hover: (row: T) => void;
}

interface BodyRowProps<T> {
  readonly row: T;
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly template: string;
  readonly columns: readonly DataColumn<T>[];
  readonly focusable: boolean;
  readonly marked: boolean;
  readonly on: RowHandlers<T>;
}

/** Links, buttons and fields in a cell keep their own clicks and keys. */
function isForeign(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a,button,input,label") !== null;
}

function Row<T>({ row, index, start, size, template, columns, focusable, marked, on }: BodyRowProps<T>) {
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={marked}
      tabIndex={focusable ? 0 : -1}
      onFocus={() => on.focus(index)}
      onPointerEnter={() => on.hover(row)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !isForeign(event.target)) on.open(row);
      }}
      onClick={(event) => {
        if (!isForeign(event.target)) on.open(row);
      }}
      className={cx(
        "absolute inset-x-0 grid cursor-default items-stretch border-b border-line bg-paper text-sm hover:bg-hover focus-visible:-outline-offset-2",
        marked && "bg-selected hover:bg-selected",
      )}
      style={{ gridTemplateColumns: template, height: size, transform: `translateY(${start}px)` }}
    >
      {columns.map((column) => (
        <BodyCell key={column.id} column={column}>
          {column.cell(row)}
        </BodyCell>
      ))}
    </div>
  );
}

/** While scrolling, only the rows that come into sight are drawn. */
export const BodyRow = memo(Row) as typeof Row;

function BodyCell<T>({ column, children }: { column: DataColumn<T>; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the label of a cell is its content
    <div
      role="gridcell"
      className={cx(
        "flex min-w-0 items-center",
        column.pinned ? "sticky left-0 z-10 bg-inherit pl-4 sm:pl-8" : "pl-1",
        column.alignEnd ? "justify-end pr-4" : "pr-3",
      )}
    >
      {children}
    </div>
  );
}
