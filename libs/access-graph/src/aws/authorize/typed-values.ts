/** Decimal numbers as policies write them; null otherwise. */
export const parseNumber = (text: string): number | null =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null;

/** ISO 8601 as W3C profiles it, or seconds since 1970; milliseconds since 1970, or null. A time without a zone is UTC. */
export function parseDate(text: string): number | null {
  const trimmed = text.trim();
  if (/^\d{5,}(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  const parts = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i.exec(trimmed);
  if (parts === null) return null;
  const zoned = parts[3] !== undefined && parts[6] === undefined ? `${trimmed}Z` : trimmed;
  const time = Date.parse(zoned.toUpperCase());
  return Number.isNaN(time) ? null : time;
}

export function parseBoolean(text: string): boolean | null {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : null;
}

/** Base64 without its padding, so that equal bytes compare equal; null when it is not base64. */
export const parseBinary = (text: string): string | null =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replace(/=+$/, "").length % 4 !== 1 ? text.replace(/=+$/, "") : null;
