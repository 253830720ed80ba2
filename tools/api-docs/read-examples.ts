export interface Example {
  /** Line of the page that it begins on, for whoever has to find it. */
  readonly line: number;
  readonly script: string;
  /** What the page says comes back; null when it says nothing. */
  readonly answer: unknown;
}

/** The `sh` blocks of a page, each with the `json` block that follows it. */
export function readExamples(markdown: string): readonly Example[] {
  const blocks = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    line: markdown.slice(0, match.index).split("\n").length,
  }));
  return blocks.flatMap(({ language, text, line }, at) => {
    if (language !== "sh") return [];
    const next = blocks[at + 1];
    return [{ line, script: text, answer: next?.language === "json" ? (JSON.parse(next.text) as unknown) : null }];
  });
}

/** One script of them all, each behind a line of its own: what one sets, the next may use. */
export const scriptOf = (examples: readonly Example[], mark: string): string =>
  ["set -euo pipefail", ...examples.flatMap(({ script }, at) => [`printf '\\n${mark} ${at}\\n'`, script])].join("\n");

/** What each of them wrote; those that were not come to have none. An answer may end without a line of its own. */
export const answersOf = (output: string, mark: string): readonly string[] =>
  output
    .split(new RegExp(`^${mark} \\d+\\n`, "m"))
    .slice(1)
    .map((text) => text.trim());

/** Where an answer is not what the page says. `"…"` and `0` stand for anything of their kind; what the page leaves out may be there. */
export function differences(said: unknown, real: unknown, path = ""): readonly string[] {
  if (said === "…") return typeof real === "string" && real !== "" ? [] : [`${path}: ${JSON.stringify(real)} is no text`];
  if (said === 0) return typeof real === "number" ? [] : [`${path}: ${JSON.stringify(real)} is no number`];
  if (Array.isArray(said)) {
    if (!Array.isArray(real) || real.length !== said.length) return [`${path}: ${JSON.stringify(real)} instead of ${said.length} items`];
    return said.flatMap((item, at) => differences(item, real[at], `${path}/${at}`));
  }
  if (typeof said === "object" && said !== null) {
    if (typeof real !== "object" || real === null) return [`${path}: ${JSON.stringify(real)} is no object`];
    return Object.entries(said).flatMap(([key, value]) => differences(value, (real as Record<string, unknown>)[key], `${path}/${key}`));
  }
  return said === real ? [] : [`${path}: ${JSON.stringify(real)} instead of ${JSON.stringify(said)}`];
}
