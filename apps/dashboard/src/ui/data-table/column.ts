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
