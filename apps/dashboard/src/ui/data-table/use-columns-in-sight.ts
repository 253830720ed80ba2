"use client";

import { useCallback, useMemo, type RefObject } from "react";
import { useSideScroll, type SideScroll } from "../use-side-scroll.ts";
import { gridTemplate, widthOf, withPinnedWithin, type DataColumn } from "./column.ts";
import { SIDE_CONTROLS_WIDTH } from "./side-controls.tsx";

interface ColumnsInSight<T> {
  readonly visible: readonly DataColumn<T>[];
  readonly template: string;
  readonly minWidth: number;
  readonly pinnedWidth: number;
  /** Null = every column is in sight. */
  readonly side: SideScroll | null;
  readonly move: (direction: -1 | 1) => void;
}

/** The columns as they stand in the width there is, and the way to those beyond its edge. */
export function useColumnsInSight<T>(
  scroller: RefObject<HTMLElement | null>,
  { columns, hidden }: { readonly columns: readonly DataColumn<T>[]; readonly hidden: Readonly<Record<string, boolean>> },
): ColumnsInSight<T> {
  const side = useSideScroll(scroller);
  const visible = useMemo(
    () =>
      withPinnedWithin(
        columns.filter((column) => !hidden[column.id]),
        side.width,
      ),
    [columns, hidden, side.width],
  );
  const pinnedWidth = widthOf(visible.filter((column) => column.pinned));
  const total = widthOf(visible);
  const isWide = side.width > 0 && total > side.width;
  const move = useCallback(
    (direction: -1 | 1) => {
      const room = Math.max(120, side.width - pinnedWidth - SIDE_CONTROLS_WIDTH);
      scroller.current?.scrollBy({ left: direction * room });
    },
    [scroller, side.width, pinnedWidth],
  );
  const template = gridTemplate(visible);
  return {
    visible,
    template: isWide ? `${template} ${SIDE_CONTROLS_WIDTH}px` : template,
    minWidth: isWide ? total + SIDE_CONTROLS_WIDTH : total,
    pinnedWidth,
    side: isWide ? side : null,
    move,
  };
}
