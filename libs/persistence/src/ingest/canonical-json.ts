import { cleanText } from "../database/clean-text.ts";

/** JSON with sorted keys and text that PostgreSQL accepts: equal statements give equal bytes, whatever order a file had them in. */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(cleanText(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) parts.push(`${JSON.stringify(cleanText(key))}:${canonicalJson(item)}`);
  }
  return `{${parts.join(",")}}`;
}
