"use client";

import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import type { DataColumn } from "./column.ts";

interface BodyRowProps<T> {
  readonly row: T;
  readonly item: { readonly index: number; readonly start: number; readonly size: number };
  readonly template: string;
  readonly focusable: boolean;
  readonly marked: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (row: T) => void;
  readonly onHover: ((row: T) => void) | undefined;
  readonly children: ReactNode;
}

/** Links, buttons and fields in a cell keep their own clicks and keys. */
function isForeign(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a,button,input,label") !== null;
}

export function BodyRow<T>({ row, item, template, focusable, marked, ...on }: BodyRowProps<T>) {
  return (
    <div
      role="row"
      data-index={item.index}
      aria-rowindex={item.index + 2}
      aria-selected={marked}
      tabIndex={focusable ? 0 : -1}
      onFocus={on.onFocus}
      onPointerEnter={() => on.onHover?.(row)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !isForeign(event.target)) on.onOpen(row);
      }}
      onClick={(event) => {
        if (!isForeign(event.target)) on.onOpen(row);
      }}
      className={cx(
        "absolute inset-x-0 grid cursor-default items-stretch border-b border-line bg-paper text-sm hover:bg-hover focus-visible:-outline-offset-2",
        marked && "bg-selected hover:bg-selected",
      )}
      style={{ gridTemplateColumns: template, height: item.size, transform: `translateY(${item.start}px)` }}
    >
      {on.children}
    </div>
  );
}

export function BodyCell<T>({ column, children }: { column: DataColumn<T> | undefined; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the label of a cell is its content
    <div
      role="gridcell"
      className={cx(
        "flex min-w-0 items-center",
        column?.pinned ? "sticky left-0 z-10 bg-inherit pl-4 sm:pl-8" : "pl-1",
        column?.alignEnd ? "justify-end pr-4" : "pr-3",
      )}
    >
      {children}
    </div>
  );
}
