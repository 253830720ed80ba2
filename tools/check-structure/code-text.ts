/** The text with comments blanked out, line numbers kept. Strings stay: imports are read from them. Good enough for checks, not a parser. */
export function withoutComments(text: string): string {
  const pattern = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(pattern, (match) => (match.startsWith("/*") || match.startsWith("//") ? match.replace(/[^\n]/g, " ") : match));
}

/** Comments and the contents of strings blanked out: what is left is code. */
export function codeOnly(text: string): string {
  const pattern = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  return withoutComments(text).replace(pattern, (match) => match.replace(/[^\n]/g, " "));
}

export interface ImportStatement {
  readonly from: string;
  readonly line: number;
  /** True for `import type ... from` and `export type ... from`. */
  readonly typeOnly: boolean;
}

export function importsOf(text: string): ImportStatement[] {
  const code = withoutComments(text);
  const statics =
    /(?:^|[;\n])[ \t]*(import|export)\b([^"'`;()]*?)\bfrom\s*["']([^"'\n]+)["']|(?:^|[;\n])[ \t]*import\s*["']([^"'\n]+)["']/g;
  const dynamics = /\bimport\s*\(\s*["']([^"'\n]+)["']/g;
  const found: ImportStatement[] = [];
  const lineAt = (index: number): number => code.slice(0, index).split("\n").length;
  for (const match of code.matchAll(statics)) {
    const from = match[3] ?? match[4]!;
    found.push({ from, line: lineAt(match.index + match[0].length), typeOnly: /^\s*type\b/.test(match[2] ?? "") });
  }
  for (const match of code.matchAll(dynamics)) found.push({ from: match[1]!, line: lineAt(match.index), typeOnly: false });
  return found;
}

/** Lines (1-based) on which the pattern occurs. */
export function linesMatching(text: string, pattern: RegExp): number[] {
  return text.split("\n").flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}
