/** In a shape: any run of characters within one part between colons. No character that a name may have, as `+` is. */
export const run = "\u0001";

/** Two of the longest ARNs that AWS takes; a longer pattern matches nothing that exists. */
const mostSteps = 2048 * 2048;

/**
 * A text that both patterns match, or null. In the second pattern `run` stays within one part between colons. A table over both, so that
 * no pattern can make it explode, and none for patterns longer than names are. Where the text is free it says `any`.
 */
export function commonText(pattern: string, shape: string): string | null {
  if (!beginAlike(pattern, shape) || pattern.length * shape.length > mostSteps) return null;
  const width = shape.length + 1;
  const known = new Array<string | null>((pattern.length + 1) * width).fill(null);
  const from = (i: number, j: number): string | null => (i > pattern.length || j > shape.length ? null : known[i * width + j]!);
  for (let i = pattern.length; i >= 0; i--)
    for (let j = shape.length; j >= 0; j--) known[i * width + j] = step(pattern[i], shape[j], (di, dj) => from(i + di, j + dj));
  return from(0, 0);
}

/** Most pairs differ before the first wildcard, and need no table. */
function beginAlike(pattern: string, shape: string): boolean {
  for (let at = 0; at < pattern.length && at < shape.length; at++) {
    const [x, y] = [pattern[at]!, shape[at]!];
    if (x === "*" || y === "*" || y === run) return true;
    if (x !== y && x !== "?" && y !== "?") return false;
  }
  return true;
}

/** What the rest of both is from so many characters on. */
type Rest = (inPattern: 0 | 1, inShape: 0 | 1) => string | null;

function step(x: string | undefined, y: string | undefined, rest: Rest): string | null {
  if (x === undefined && y === undefined) return "";
  if (y === "*" || y === run) {
    if (x === "*") return led("any", rest(0, 1) ?? rest(1, 0));
    const fits = x !== undefined && (y === "*" || x !== ":");
    return rest(0, 1) ?? (fits ? led(character(x), rest(1, 0)) : null);
  }
  if (x === "*") return rest(1, 0) ?? (y === undefined ? null : led(character(y), rest(0, 1)));
  if (x === undefined || y === undefined) return null;
  return x === y || x === "?" || y === "?" ? led(character(x === "?" ? y : x), rest(1, 1)) : null;
}

const character = (pattern: string): string => (pattern === "?" ? "x" : pattern);
const led = (text: string, rest: string | null): string | null => (rest === null ? null : text + rest);
