export type SqlmapOutcome =
  | { readonly kind: "clean" }
  | { readonly kind: "injectable"; readonly findings: readonly string[] }
  | { readonly kind: "not_examined"; readonly reason: string };

const clean = /all tested parameters do not appear to be injectable|parameter '.*' does not seem to be injectable/;
/** Critical to sqlmap, apart from its verdict, and from answers that differ from one another because each has a request id of its own. */
const fatal = /\[CRITICAL\] (?!all tested parameters|target URL content appears to be heavily dynamic)/;
const point = /^Parameter: (.+)\n((?: {4}.*\n|\n)+)/gm;
/** By the names that sqlmap gives its tests. Each has to be tried with every place that is examined. */
const techniques: Readonly<Record<string, RegExp>> = {
  boolean: /^AND boolean-based blind/,
  error: /^PostgreSQL .*error-based/,
  union: /UNION query/,
  stacked: /^PostgreSQL .*stacked queries/,
  time: /^PostgreSQL .*time-based blind/,
};

/**
 * What one run of sqlmap says, from its output. A run that neither found something nor says that it looked everywhere did not examine anything:
 * sqlmap ends with 0 either way.
 */
export function readSqlmapOutput(output: string, places: number): SqlmapOutcome {
  const text = output.replaceAll("\r", "");
  if (/identified the following injection point|is vulnerable\. Do you want/.test(text) || point.test(text)) {
    point.lastIndex = 0;
    const found = [...text.matchAll(point)].map(([, parameter, details]) => {
      const types = [...(details ?? "").matchAll(/^ {4}Type: (.+)$/gm)].map(([, type]) => type).join(", ");
      return `${parameter}: ${types}`;
    });
    return { kind: "injectable", findings: found.length > 0 ? [...new Set(found)] : ["reported without details"] };
  }
  const saidClean = clean.test(text.replaceAll(/\s+/g, " "));
  if (!saidClean || /user aborted/.test(text) || fatal.test(text)) {
    const critical = /\[CRITICAL\] (.+)/.exec(text)?.[1];
    return { kind: "not_examined", reason: critical ?? text.trimEnd().split("\n").at(-1)?.slice(0, 200) ?? "no output" };
  }
  const gap = gapOf(text, places);
  return gap === null ? { kind: "clean" } : { kind: "not_examined", reason: gap };
}

/** What was left out although sqlmap counts it as tested: a place, or a whole technique with one of the places. */
function gapOf(text: string, places: number): string | null {
  const tested = text.split(/testing for SQL injection on /).slice(1);
  if (tested.length < places) return `${tested.length} of ${places} places were tested`;
  for (const one of tested) {
    const tests = [...one.matchAll(/\[INFO\] testing '(.+)'/g)].map(([, title]) => title!);
    const missing = Object.keys(techniques).filter((name) => !tests.some((title) => techniques[name]!.test(title)));
    if (missing.length > 0) return `${one.split("\n")[0]}: ${missing.join(", ")} not tried`;
  }
  return null;
}
