"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";
import { cx } from "@/ui/cx.ts";

interface VirtualListProps<T> {
  readonly rows: readonly T[];
  readonly rowHeight: number;
  readonly keyOf: (row: T) => string;
  readonly render: (row: T, index: number) => ReactNode;
  /** How many there are, loaded or not. */
  readonly total: number;
  readonly onMore: () => void;
  readonly label: string;
  readonly className?: string;
}

const LOAD_AHEAD = 60;

/** A list of which only what is in sight is in the page, however long it is. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { rows, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called in this render only and never passed to memoised children
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.rowHeight,
    overscan: 10,
    getItemKey: (index) => (rows[index] === undefined ? index : props.keyOf(rows[index])),
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - LOAD_AHEAD) onMore();
  }, [last, rows.length, onMore]);
  return (
    <div ref={scroller} className={cx("overflow-y-auto", props.className)} tabIndex={0} role="group" aria-label={props.label}>
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <li
              key={item.key}
              aria-setsize={props.total}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0"
              style={{ height: props.rowHeight, transform: `translateY(${item.start}px)` }}
            >
              {props.render(row, item.index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
