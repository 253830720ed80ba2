import type { Arrow, Drawing, Mark } from "./marks.ts";

export const MARK_HEIGHT = 46;
const ROW_GAP = 10;
const MIN_WIDTH = 132;
const MAX_WIDTH = 236;
const MIN_CHANNEL = 28;
const MAX_CHANNEL = 104;
export const ROOT = "root";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
export interface Curve {
  readonly arrow: Arrow;
  readonly path: string;
  /** Tip of the arrow and the way it points: 1 to the right, -1 to the left. */
  readonly tip: { readonly x: number; readonly y: number; readonly way: 1 | -1 };
  readonly width: number;
}
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly hop: number; readonly x: number; readonly width: number; readonly marks: readonly Mark[] }[];
  readonly boxes: ReadonlyMap<string, Box>;
  readonly curves: readonly Curve[];
}

/** Columns by step, marks of a column near those they hang on, links between neighbouring columns only: nothing crosses a mark. */
export function layoutOf(drawing: Drawing, room: number): Layout {
  const columns = orderedColumns(drawing);
  const count = columns.length + 1;
  const width = clamp((room - (count - 1) * MIN_CHANNEL) / count, MIN_WIDTH, MAX_WIDTH);
  const channel = count < 2 ? 0 : clamp((room - count * width) / (count - 1), MIN_CHANNEL, MAX_CHANNEL);
  const total = count * width + (count - 1) * channel;
  const tallest = Math.max(1, ...columns.map((marks) => marks.length));
  const height = tallest * (MARK_HEIGHT + ROW_GAP) - ROW_GAP;
  // Who reaches it is read towards the right as well: the node asked about stands at the end.
  const columnX = (hop: number): number => (drawing.direction === "out" ? hop : count - 1 - hop) * (width + channel);
  const boxes = new Map<string, Box>([[ROOT, { x: columnX(0), y: (height - MARK_HEIGHT) / 2, width }]]);
  columns.forEach((marks, index) => {
    const top = (height - (marks.length * (MARK_HEIGHT + ROW_GAP) - ROW_GAP)) / 2;
    marks.forEach((mark, row) => boxes.set(mark.id, { x: columnX(index + 1), y: top + row * (MARK_HEIGHT + ROW_GAP), width }));
  });
  return {
    width: total,
    height,
    columns: columns.map((marks, index) => ({ hop: index + 1, x: columnX(index + 1), width, marks })),
    boxes,
    curves: curvesOf(drawing.arrows, boxes),
  };
}

const clamp = (value: number, least: number, most: number): number => Math.round(Math.min(most, Math.max(least, value)));

/** Each column sorted by the middle of what its marks hang on, so that links cross little. */
function orderedColumns({ marks, arrows, direction }: Drawing): readonly (readonly Mark[])[] {
  const columns: Mark[][] = Array.from({ length: Math.max(0, ...marks.map((mark) => mark.hop)) }, () => []);
  for (const mark of marks) columns[mark.hop - 1]!.push(mark);
  const nearer =
    direction === "out" ? (arrow: Arrow) => [arrow.from, arrow.to] as const : (arrow: Arrow) => [arrow.to, arrow.from] as const;
  const parents = new Map<string, string[]>();
  for (const arrow of arrows) {
    const [parent, child] = nearer(arrow);
    const known = parents.get(child);
    if (known === undefined) parents.set(child, [parent]);
    else known.push(parent);
  }
  const place = new Map<string, number>([[ROOT, 0.5]]);
  return columns.map((column) => {
    const middle = (mark: Mark): number => {
      const places = (parents.get(mark.id) ?? []).flatMap((parent) => place.get(parent) ?? []);
      return places.length === 0 ? 1 : places.reduce((sum, each) => sum + each, 0) / places.length;
    };
    const groupMiddle = new Map<string, number[]>();
    for (const mark of column) groupMiddle.set(mark.group, [...(groupMiddle.get(mark.group) ?? []), middle(mark)]);
    const groupKey = (mark: Mark): number => {
      const all = groupMiddle.get(mark.group)!;
      return all.reduce((sum, each) => sum + each, 0) / all.length;
    };
    const sorted = column
      .map((mark, given) => ({ mark, given, key: groupKey(mark) }))
      .sort((a, b) => a.key - b.key || (a.mark.group < b.mark.group ? -1 : a.mark.group > b.mark.group ? 1 : 0) || a.given - b.given)
      .map(({ mark }) => mark);
    sorted.forEach((mark, row) => place.set(mark.id, (row + 0.5) / sorted.length));
    return sorted;
  });
}

/** Links leave and arrive spread over the side of a mark, in the order of what is at their other end. */
function curvesOf(arrows: readonly Arrow[], boxes: ReadonlyMap<string, Box>): readonly Curve[] {
  const drawn = arrows.filter((arrow) => boxes.has(arrow.from) && boxes.has(arrow.to));
  const ports = (end: "from" | "to"): ReadonlyMap<Arrow, number> => {
    const other = end === "from" ? "to" : "from";
    const byMark = new Map<string, Arrow[]>();
    for (const arrow of drawn) byMark.set(arrow[end], [...(byMark.get(arrow[end]) ?? []), arrow]);
    const offsets = new Map<Arrow, number>();
    for (const group of byMark.values()) {
      group.sort((a, b) => boxes.get(a[other])!.y - boxes.get(b[other])!.y);
      const step = Math.min(9, (MARK_HEIGHT - 14) / group.length);
      group.forEach((arrow, index) => offsets.set(arrow, (index - (group.length - 1) / 2) * step));
    }
    return offsets;
  };
  const [leaving, arriving] = [ports("from"), ports("to")];
  return drawn.map((arrow) => {
    const [from, to] = [boxes.get(arrow.from)!, boxes.get(arrow.to)!];
    const start = { x: from.x + from.width, y: from.y + MARK_HEIGHT / 2 + leaving.get(arrow)! };
    const end = { x: to.x, y: to.y + MARK_HEIGHT / 2 + arriving.get(arrow)! };
    return curve(arrow, start, end);
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const TIP = 6;

function curve(arrow: Arrow, start: Point, end: Point): Curve {
  const bend = Math.max(24, Math.abs(end.x - start.x) / 2);
  const path = `M${round(start.x)} ${round(start.y)}C${round(start.x + bend)} ${round(start.y)} ${round(end.x - TIP - bend)} ${round(end.y)} ${round(end.x - TIP)} ${round(end.y)}`;
  return { arrow, path, tip: { x: round(end.x), y: round(end.y), way: 1 }, width: Math.min(4, 1.1 + Math.log10(arrow.count) * 0.95) };
}

/** A route drawn over the columns, mark by mark; it may skip columns or stay in one. */
export function routeCurves(stops: readonly string[], boxes: ReadonlyMap<string, Box>): readonly { path: string; tip: Curve["tip"] }[] {
  return stops.slice(1).flatMap((stop, index): { path: string; tip: Curve["tip"] }[] => {
    const [from, to] = [boxes.get(stops[index]!), boxes.get(stop)];
    if (from === undefined || to === undefined || from === to) return [];
    const start = { x: from.x + from.width, y: from.y + MARK_HEIGHT / 2 };
    const end = { x: to.x, y: to.y + MARK_HEIGHT / 2 };
    if (end.x > start.x) {
      const bend = Math.max(20, (end.x - start.x) / 2);
      return [
        {
          path: `M${round(start.x)} ${round(start.y)}C${round(start.x + bend)} ${round(start.y)} ${round(end.x - TIP - bend)} ${round(end.y)} ${round(end.x - TIP)} ${round(end.y)}`,
          tip: { x: round(end.x), y: round(end.y), way: 1 },
        },
      ];
    }
    // Back or within a column: round the right side of both.
    const right = Math.max(start.x, to.x + to.width);
    return [
      {
        path: `M${round(start.x)} ${round(start.y)}C${round(right + 40)} ${round(start.y)} ${round(right + 40)} ${round(end.y)} ${round(to.x + to.width + TIP)} ${round(end.y)}`,
        tip: { x: round(to.x + to.width), y: round(end.y), way: -1 },
      },
    ];
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
