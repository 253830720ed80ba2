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

/** Maps day indices and values (from zero) to pixels. */
export function plotOf({ width, height, max, points }: { width: number; height: number; max: number; points: number }): Plot {
  const right = width - RIGHT;
  const steps = Math.max(1, points - 1);
  return {
    width,
    left: LEFT,
    right,
    top: TOP,
    bottom: height - BOTTOM,
    x: (index) => LEFT + (index / steps) * (right - LEFT),
    y: (value) => TOP + (1 - value / max) * (height - TOP - BOTTOM),
    indexAt: (offset) => Math.round(((offset - LEFT) / Math.max(1, right - LEFT)) * steps),
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

export function shortDate(date: string): string {
  return new Date(date).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}
