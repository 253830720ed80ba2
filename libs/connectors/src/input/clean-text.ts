// PostgreSQL refuses NUL and lone surrogates, one of them fails a whole batch; other control characters forge log lines.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Nearly all text of exports: nothing to clean, and cheap to see. */
const plain = /^[\t\n\r\u0020-\u007e]*$/;

export const cleanText = (text: string): string => (plain.test(text) ? text : text.toWellFormed().replace(control, ""));

/** The same for every string and key inside a value. Keys that reach prototypes are dropped. What is clean is handed back as it is, not copied. */
export function cleanDeep(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const clean = value.map(cleanDeep);
    return clean.some((item, index) => item !== value[index]) ? clean : value;
  }
  return cleanObject(value as Readonly<Record<string, unknown>>);
}

function cleanObject(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const clean: Record<string, unknown> = {};
  let changed = false;
  for (const key of Object.keys(value)) {
    const [name, inner] = [cleanText(key), cleanDeep(value[key])];
    changed ||= name !== key || inner !== value[key] || key === "__proto__";
    if (key !== "__proto__") clean[name] = inner;
  }
  return changed ? clean : value;
}
