export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly tone: string;
  readonly dashed?: boolean;
}

export interface Plot {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly indexAt: (offset: number) => number;
}

const LEFT = 32;
/** Room for the names at the end of the lines. */
const RIGHT = 104;
const TOP = 8;
const BOTTOM = 24;
const LABEL_HEIGHT = 30;

/** Maps days (by their date: points may be missing) and values (from zero) to pixels. */
export function plotOf({ width, height, max, dates }: { width: number; height: number; max: number; dates: readonly string[] }): Plot {
  const right = width - RIGHT;
  const times = dates.map((date) => Date.parse(date));
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  const x = (index: number) => LEFT + (((times[index] ?? first) - first) / span) * (right - LEFT);
  return {
    width,
    left: LEFT,
    right,
    top: TOP,
    bottom: height - BOTTOM,
    x,
    y: (value) => TOP + (1 - value / max) * (height - TOP - BOTTOM),
    indexAt: (offset) => times.reduce((best, _time, index) => (Math.abs(x(index) - offset) < Math.abs(x(best) - offset) ? index : best), 0),
  };
}

export function valueAt(line: Line, index: number): number | null {
  return line.values[index] ?? null;
}

export function pathOf(values: readonly (number | null)[], plot: Plot): string {
  let path = "";
  let pen = "M";
  values.forEach((value, index) => {
    if (value === null) {
      pen = "M";
      return;
    }
    path += `${pen}${plot.x(index).toFixed(1)} ${plot.y(value).toFixed(1)}`;
    pen = "L";
  });
  return path;
}

interface EndLabel {
  readonly label: string;
  readonly tone: string;
  readonly value: number;
  readonly at: number;
}

/** Labels stand at the end of their line; those that would touch are moved apart. */
export function endLabels(lines: readonly Line[], plot: Plot): readonly EndLabel[] {
  const ends = lines
    .map((line) => ({ label: line.label, tone: line.tone, value: line.values.findLast((value) => value !== null) ?? 0 }))
    .map((end) => ({ ...end, at: plot.y(end.value) }))
    .sort((a, b) => a.at - b.at);
  let free = 0;
  return ends.map((end) => {
    const at = Math.max(end.at, free);
    free = at + LABEL_HEIGHT;
    return { ...end, at };
  });
}

const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

export function shortDate(date: string): string {
  return dayAndMonth.format(new Date(date));
}
