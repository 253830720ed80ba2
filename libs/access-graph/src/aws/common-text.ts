/** In a shape: any run of characters within one part between colons. No character that a name may have, as `+` is. */
export const run = "\u0001";

/** Two of the longest ARNs that AWS takes; a longer pattern matches nothing that exists. */
const mostSteps = 2048 * 2048;

/**
 * A text that both patterns match, or null. In the second pattern `run` stays within one part between colons. A table over both, so that
 * no pattern can make it explode, and none for patterns longer than names are. Where the text is free it says `any`.
 */
export const commonText = (pattern: string, shape: string): string | null => common(pattern, shape, "any");

/** The same with a `*` where both are free: every text that it matches both patterns match, `run` aside, which it does not keep. */
export const commonPattern = (pattern: string, shape: string): string | null => common(pattern, shape, "*");

function common(pattern: string, shape: string, free: string): string | null {
  const start = literalStart(pattern, shape);
  if (start === -1 || pattern.length * shape.length > mostSteps) return null;
  const rest = commonRest(pattern.slice(start), shape.slice(start), free);
  return rest === null ? null : shape.slice(0, start) + rest;
}

/** How far both are the same plain text; -1 when they differ there, as most pairs do. */
function literalStart(pattern: string, shape: string): number {
  const end = Math.min(pattern.length, shape.length);
  for (let at = 0; at < end; at++) {
    const [x, y] = [pattern[at]!, shape[at]!];
    if (isFree(x) || isFree(y) || y === run) return at;
    if (x !== y) return -1;
  }
  return end;
}

const isFree = (character: string): boolean => character === "*" || character === "?";

function commonRest(pattern: string, shape: string, free: string): string | null {
  const width = shape.length + 1;
  // What both have in common from so many characters on; beyond their ends nothing.
  const known = new Array<string | null>((pattern.length + 1) * width).fill(null);
  const from = (i: number, j: number): string | null => (i > pattern.length || j > shape.length ? null : known[i * width + j]!);
  for (let i = pattern.length; i >= 0; i--)
    for (let j = shape.length; j >= 0; j--)
      known[i * width + j] = step(pattern[i], shape[j], {
        free,
        afterX: from(i + 1, j),
        afterY: from(i, j + 1),
        afterBoth: from(i + 1, j + 1),
      });
  return known[0]!;
}

/** What the rests have in common after the first character of one of them or of both. */
interface Rests {
  /** What stands where both are free. */
  readonly free: string;
  readonly afterX: string | null;
  readonly afterY: string | null;
  readonly afterBoth: string | null;
}

function step(x: string | undefined, y: string | undefined, { free, afterX, afterY, afterBoth }: Rests): string | null {
  if (x === undefined && y === undefined) return "";
  if (y === "*" || y === run) {
    if (x === "*") return led(free, afterY ?? afterX);
    const fits = x !== undefined && (y === "*" || x !== ":");
    return afterY ?? (fits ? led(character(x), afterX) : null);
  }
  if (x === "*") return afterX ?? (y === undefined ? null : led(character(y), afterY));
  if (x === undefined || y === undefined) return null;
  return x === y || x === "?" || y === "?" ? led(character(x === "?" ? y : x), afterBoth) : null;
}

const character = (pattern: string): string => (pattern === "?" ? "x" : pattern);
const led = (text: string, rest: string | null): string | null => (rest === null ? null : text + rest);
