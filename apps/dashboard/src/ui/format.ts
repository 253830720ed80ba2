import type { Interval } from "@/api/views.ts";

const counts = new Intl.NumberFormat("en");
// Made once: making one takes longer than formatting hundreds of dates, and a table formats one per row.
const exactTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const plainDate = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function formatCount(value: number): string {
  return counts.format(value);
}

export function formatDecimal(value: number): string {
  return oneDecimal.format(value);
}

/** `62-71`, or `62` when both ends are the same. */
export function formatInterval(interval: Interval): string {
  const min = oneDecimal.format(interval.min);
  const max = oneDecimal.format(interval.max);
  return min === max ? min : `${min}\u2013${max}`;
}

/** `1 identity`, `2 identities`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export function formatDays(days: number): string {
  if (days < 1) return "today";
  if (days < 120) return `${Math.round(days)} d`;
  if (days < 730) return `${Math.round(days / 30.44)} mo`;
  return `${oneDecimal.format(days / 365.25)} y`;
}

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number, from?: number])[] = [
  // "last year" says too little about a key: months are counted up to two years.
  ["year", 31_557_600, 63_115_200],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const nearDays = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `3 days ago`, `in 2 months`; `now` is passed in so that a list agrees with itself. */
export function formatRelative(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  if (Number.isNaN(seconds)) return instant;
  for (const [unit, size, from = size] of UNITS) {
    if (Math.abs(seconds) >= from) return (unit === "day" ? nearDays : relative).format(Math.trunc(seconds / size), unit);
  }
  return "just now";
}

/** The viewer's zone first, UTC behind it. */
export function formatExact(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return `${exactTime.format(date)} (${date.toISOString().slice(0, 16).replace("T", " ")} UTC)`;
}

export function formatDate(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : plainDate.format(date);
}

export function formatSigned(value: number): string {
  const text = oneDecimal.format(Math.abs(value));
  if (value === 0) return "0";
  return value > 0 ? `+${text}` : `\u2212${text}`;
}
