/** PostgreSQL refuses NUL in text and lone surrogates in jsonb, and one such value would fail a whole batch. */
export function cleanText(text: string): string {
  const formed = text.isWellFormed() ? text : text.toWellFormed();
  return formed.includes("\0") ? formed.replaceAll("\0", "") : formed;
}

const suspicious = /\\u0000|\\u[dD][89a-fA-F]/;

export function cleanJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.includes("\\u") && suspicious.test(text) ? JSON.stringify(cleanDeep(value)) : text;
}

function cleanDeep(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanDeep(item)]));
}
