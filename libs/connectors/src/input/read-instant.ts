const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/** An instant in RFC 3339 UTC from the notations seen in exports (`2019-12-18 19:10:08+00:00`, `...+0000`, epoch seconds); undefined when it is none. */
export function readInstant(value: unknown): string | undefined {
  const millis =
    typeof value === "number" ? (value < 1e11 ? value * 1000 : value) : typeof value === "string" ? parseText(value) : Number.NaN;
  return millis >= earliest && millis < latest ? new Date(millis).toISOString() : undefined;
}

function parseText(text: string): number {
  const iso = text
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, "$1T$2")
    .replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso)) return Number.NaN;
  // A time without a zone would be read in the zone of this machine.
  return Date.parse(/T/.test(iso) && !/(Z|[+-]\d{2}:\d{2})$/i.test(iso) ? `${iso}Z` : iso);
}

export const latestInstant = (instants: readonly (string | undefined)[]): string | undefined =>
  instants.reduce((best, instant) => (instant !== undefined && (best === undefined || instant > best) ? instant : best), undefined);
