import type { ReactNode } from "react";

export interface DataColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly width: number;
  /** Takes what is left; one or two columns of a table. */
  readonly grow?: boolean;
  readonly alignEnd?: boolean;
  /** The name the API sorts by; absent = not sortable. */
  readonly sort?: string;
  readonly firstDirection?: "asc" | "desc";
  /** Stays at the left while the others scroll, and cannot be hidden. */
  readonly pinned?: boolean;
  readonly hiddenAtFirst?: boolean;
  /** Hidden at first in windows narrower than this: what the table can do without before its last columns are cut. */
  readonly shownFrom?: number;
  readonly cell: (row: T) => ReactNode;
}

export interface SortState {
  readonly column: string;
  readonly direction: "asc" | "desc";
}

export type Density = "comfortable" | "dense";
export const ROW_HEIGHT: Readonly<Record<Density, number>> = { comfortable: 36, dense: 28 };

/** One template for header and rows, so that columns line up without measuring. */
export function gridTemplate(columns: readonly { readonly width: number; readonly grow?: boolean }[]): string {
  return columns.map((column) => (column.grow ? `minmax(${column.width}px, 1fr)` : `${column.width}px`)).join(" ");
}

export const widthOf = (columns: readonly { readonly width: number }[]): number => columns.reduce((sum, column) => sum + column.width, 0);

/** What stays in place leaves room for what moves: on a phone no more than about half. */
const PINNED_SHARE = 0.55;

export function withPinnedWithin<C extends { readonly width: number; readonly pinned?: boolean }>(
  columns: readonly C[],
  width: number,
): readonly C[] {
  const most = Math.round(width * PINNED_SHARE);
  if (width === 0 || columns.every((column) => !column.pinned || column.width <= most)) return columns;
  return columns.map((column) => (column.pinned ? { ...column, width: Math.min(column.width, most) } : column));
}

/** Which columns are hidden: as chosen in this browser, otherwise as the width of the window suggests. */
export function hiddenColumns(
  columns: readonly { readonly id: string; readonly hiddenAtFirst?: boolean; readonly shownFrom?: number }[],
  chosen: Readonly<Record<string, boolean>>,
  windowWidth: number,
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    columns.map(({ id, hiddenAtFirst = false, shownFrom = 0 }) => [id, chosen[id] ?? (hiddenAtFirst || windowWidth < shownFrom)]),
  );
}

/** What of the columns was chosen and must be remembered; the rest goes on following the width. */
export function chosenColumns(
  chosen: Readonly<Record<string, boolean>>,
  shown: Readonly<Record<string, boolean>>,
  next: Readonly<Record<string, boolean>>,
): Readonly<Record<string, boolean>> {
  return { ...chosen, ...Object.fromEntries(Object.entries(next).filter(([id, hidden]) => shown[id] !== hidden)) };
}
