// PostgreSQL refuses NUL and lone surrogates, one of them fails a whole batch; other control characters forge log lines.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

export const cleanText = (text: string): string => text.toWellFormed().replace(control, "");

/** The same for every string and key inside a value. Keys that reach prototypes are dropped. */
export function cleanDeep(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (typeof value !== "object" || value === null) return typeof value === "number" && !Number.isFinite(value) ? null : value;
  const clean: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key !== "__proto__") clean[cleanText(key)] = cleanDeep(inner);
  }
  return clean;
}
