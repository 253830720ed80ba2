import { cleanJson } from "./clean-text.ts";

/** JSON with sorted keys and text that PostgreSQL accepts: equal statements give equal bytes, whatever order a file had them in. */
export const canonicalJson = (value: unknown): string => cleanJson(sorted(value));

/** The same value with its keys in order; what is in order already is not copied, because every row of an import comes through here. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) if (sorted(value[i]) !== value[i]) return value.map(sorted);
    return value;
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  let same = true;
  let items: unknown[] | null = null;
  for (let i = 0; i < keys.length; i += 1) {
    if (i > 0 && keys[i - 1]! > keys[i]!) same = false;
    const item = record[keys[i]!];
    if (typeof item !== "object" || item === null) continue;
    const inOrder = sorted(item);
    if (inOrder === item) continue;
    same = false;
    items ??= [];
    items[i] = inOrder;
  }
  if (same) return value;
  const copy: Record<string, unknown> = {};
  for (const key of keys.toSorted()) copy[key] = items?.[keys.indexOf(key)] ?? record[key];
  return copy;
}
