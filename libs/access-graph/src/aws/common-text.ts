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
  const start = plainStart(pattern, shape);
  if (start === null || pattern.length * shape.length > mostSteps) return null;
  const [left, right] = [pattern.slice(start.inPattern), shape.slice(start.inShape)];
  // What nearly all ask about: everything, and a kind of things.
  const rest = left === "*" ? written(right, free) : commonRest(left, right, free);
  return rest === null ? null : pattern.slice(0, start.inPattern) + rest;
}

/** How far the pattern is plain text that the shape has too, a part between colons for a `run`; null when they differ there, as most pairs do. */
function plainStart(pattern: string, shape: string): { readonly inPattern: number; readonly inShape: number } | null {
  let [i, j] = [0, 0];
  for (;;) {
    if (shape[j] === run && (j + 1 === shape.length || shape[j + 1] === ":")) {
      const end = endOfPart(pattern, i);
      if (end === -1) break;
      i = end;
      j++;
    }
    const [x, y] = [pattern[i], shape[j]];
    if (x === undefined || y === undefined || isFree(x) || isFree(y) || y === run) break;
    if (x !== y) return null;
    i++;
    j++;
  }
  return { inPattern: i, inShape: j };
}

/** The next colon, or the end; -1 when what is before it is not plain. */
function endOfPart(pattern: string, from: number): number {
  for (let at = from; at < pattern.length; at++) {
    if (pattern[at] === ":") return at;
    if (isFree(pattern[at]!)) return -1;
  }
  return pattern.length;
}

const written = (shape: string, free: string): string => shape.replaceAll("?", "x").replaceAll("*", free).replaceAll(run, free);

const isFree = (character: string): boolean => character === "*" || character === "?";

function commonRest(pattern: string, shape: string, free: string): string | null {
  const width = shape.length + 1;
  const meets = meetingPlaces(pattern, shape);
  if (meets[0] === 0) return null;
  const text: string[] = [];
  // Wherever the rests have something in common, one of the next places has it too.
  for (let [i, j] = [0, 0]; i < pattern.length || j < shape.length;) {
    const [x, y] = [pattern[i], shape[j]];
    const [afterX, afterY] = [x !== undefined && meets[(i + 1) * width + j] === 1, y !== undefined && meets[i * width + j + 1] === 1];
    if (y === "*" || y === run) {
      if (x === "*") text.push(free);
      else if (!afterY) text.push(character(x!));
      if (afterY) j++;
      else i++;
    } else if (x === "*") {
      if (!afterX) text.push(character(y!));
      if (afterX) i++;
      else j++;
    } else {
      text.push(character(x === "?" ? y! : x!));
      i++;
      j++;
    }
  }
  return text.join("");
}

/** By place in the pattern and then in the shape: whether what is left of both from there on has a text in common. */
function meetingPlaces(pattern: string, shape: string): Uint8Array {
  const width = shape.length + 1;
  const meets = new Uint8Array((pattern.length + 1) * width + 1);
  for (let i = pattern.length; i >= 0; i--)
    for (let j = shape.length; j >= 0; j--) {
      const [isEndX, isEndY] = [i === pattern.length, j === shape.length];
      const at = i * width + j;
      const [x, y] = [pattern[i], shape[j]];
      const afterX = isEndX ? 0 : meets[at + width]!;
      const afterY = isEndY ? 0 : meets[at + 1]!;
      if (isEndX && isEndY) meets[at] = 1;
      else if (y === "*" || y === run) meets[at] = afterY | (x !== undefined && (x === "*" || y === "*" || x !== ":") ? afterX : 0);
      else if (x === "*") meets[at] = afterX | afterY;
      else if (!isEndX && !isEndY && (x === y || x === "?" || y === "?")) meets[at] = meets[at + width + 1]!;
    }
  return meets;
}

const character = (pattern: string): string => (pattern === "?" ? "x" : pattern);
