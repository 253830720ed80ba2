const DAY_MS = 86_400_000;

/**
 * Everything in the estate is told relative to `anchor`; `at` is the day it is looked at. An estate seen 30 days before the anchor
 * is the same company 30 days earlier: later events have not happened yet.
 */
export interface Timeline {
  readonly anchorMs: number;
  readonly atMs: number;
  /** The instant of the view, RFC 3339. */
  readonly at: string;
}

export const timelineOf = (anchor: string, at: string): Timeline => {
  const anchorMs = Date.parse(anchor);
  const atMs = Date.parse(at);
  if (Number.isNaN(anchorMs) || Number.isNaN(atMs)) throw new RangeError("asOf and at must be RFC 3339 instants");
  if (atMs > anchorMs) throw new RangeError("at must not lie after asOf");
  return { anchorMs, atMs, at: new Date(atMs).toISOString() };
};

/** The instant `days` before the anchor (fractions allowed). */
export const daysAgo = (timeline: Timeline, days: number): string => new Date(timeline.anchorMs - days * DAY_MS).toISOString();

/** Whether something that happened `days` before the anchor has happened at the moment of the view. */
export const happened = (timeline: Timeline, days: number): boolean => timeline.anchorMs - days * DAY_MS <= timeline.atMs;

/** How many days before the anchor the view lies. */
export const viewDaysAgo = (timeline: Timeline): number => (timeline.anchorMs - timeline.atMs) / DAY_MS;

/** Newest event of a repeating schedule (first event `firstDaysAgo`, then every `everyDays`) that has happened at the view. */
export const lastOccurrence = (timeline: Timeline, firstDaysAgo: number, everyDays: number): string => {
  const elapsed = firstDaysAgo - viewDaysAgo(timeline);
  const times = everyDays <= 0 ? 0 : Math.max(0, Math.floor(elapsed / everyDays));
  return daysAgo(timeline, firstDaysAgo - times * everyDays);
};

/**
 * Last use of something that was in use until `quietSinceDaysAgo` before the anchor (0 = still in use) with the given gap between uses:
 * never after the view, never before `bornDaysAgo`.
 */
export const lastUse = (
  timeline: Timeline,
  use: { readonly quietSinceDaysAgo: number; readonly gapDays: number; readonly bornDaysAgo: number },
): string => {
  const latest = Math.max(use.quietSinceDaysAgo, viewDaysAgo(timeline) + use.gapDays);
  return daysAgo(timeline, Math.min(latest, use.bornDaysAgo));
};

/** A recurring event whose newest occurrence before the anchor is `newestDaysAgo`; seen earlier, it is the occurrence before that. */
export const lately = (timeline: Timeline, newestDaysAgo: number, everyDays: number): string => {
  const behind = viewDaysAgo(timeline) - newestDaysAgo;
  return daysAgo(timeline, newestDaysAgo + (behind > 0 ? Math.ceil(behind / everyDays) * everyDays : 0));
};
