import { AppError } from "@rollcall/platform";

/** Where a page ended: the sort key and the id of its last row. Opaque to callers, checked when it comes back. */
export type Position = readonly [key: string | number, id: string];

export const encodeCursor = (position: Position): string => Buffer.from(JSON.stringify(position)).toString("base64url");

export function decodeCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(value) &&
      value.length === 2 &&
      (typeof value[0] === "string" || Number.isFinite(value[0])) &&
      typeof value[1] === "string"
    )
      return value as unknown as Position;
  } catch {
    // Falls through: a cursor is ours or it is not.
  }
  throw new AppError("invalid_input", "This page does not exist. Start again from the first page.", {
    fields: [{ pointer: "/cursor", message: "is not a cursor of this list" }],
  });
}

/** Cuts the one row too many that tells whether there is another page. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  shape: { readonly item: (row: R) => T; readonly position: (row: R) => Position },
): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(shape.item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(shape.position(last)) : null,
  };
}
