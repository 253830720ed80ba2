/**
 * Wildcard match of IAM patterns: `*` any run, `?` one character. Linear with one remembered star, no regular
 * expressions, so no pattern in a policy can make matching explode.
 */
export function globMatches(pattern: string, text: string): boolean {
  let [p, t, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < pattern.length && pattern[p] === "*") p++;
  return p === pattern.length;
}

/** In a pattern of character codes: any run of characters, and any one. */
export const anyRun = -1;
export const oneCharacter = -2;

/** The same match for a pattern whose wildcards are told apart from literal `*` and `?`, with what the text holds from `start` on. */
export function codesMatch(codes: readonly number[], text: string, start = 0): boolean {
  let [p, t, star, resume] = [0, start, -1, 0];
  while (t < text.length) {
    const code = p < codes.length ? codes[p]! : 0;
    if (code === anyRun) {
      star = p++;
      resume = t;
    } else if (p < codes.length && (code === oneCharacter || code === text.charCodeAt(t))) {
      p++;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < codes.length && codes[p] === anyRun) p++;
  return p === codes.length;
}

export const hasWildcard = (pattern: string): boolean => pattern.includes("*") || pattern.includes("?");

/** The part before the first wildcard. */
export const literalPrefix = (pattern: string): string => {
  const at = pattern.search(/[*?]/);
  return at === -1 ? pattern : pattern.slice(0, at);
};

/** The part after the last wildcard. */
export const literalSuffix = (pattern: string): string => pattern.slice(Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?")) + 1);

/** True when the pattern matches every text that starts with `prefix`. */
export const coversPrefix = (pattern: string, prefix: string): boolean => pattern.endsWith("*") && globMatches(pattern, prefix);

/** True when the pattern may match some text that starts with `prefix`. */
export const touchesPrefix = (pattern: string, prefix: string): boolean => {
  const literal = literalPrefix(pattern);
  return literal.startsWith(prefix) || (prefix.startsWith(literal) && (hasWildcard(pattern) || pattern === prefix));
};

/** A concrete text that the pattern matches: evidence that the pattern grants something. */
export const witnessOf = (pattern: string): string =>
  hasWildcard(pattern) ? pattern.replaceAll("*", "any").replaceAll("?", "x") : pattern;

/** True only when the first pattern matches whatever the second does; it may miss some pairs with a `?`. */
export const coversPattern = (wide: string, narrow: string): boolean =>
  wide === narrow || ((!wide.includes("?") || !narrow.includes("*")) && globMatches(wide, narrow));
