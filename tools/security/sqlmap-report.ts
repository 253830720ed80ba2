export type SqlmapOutcome =
  | { readonly kind: "clean" }
  | { readonly kind: "injectable"; readonly findings: readonly string[] }
  | { readonly kind: "not_examined"; readonly reason: string };

const clean = /all tested parameters do not appear to be injectable|parameter '.*' does not seem to be injectable/;
/** Critical to sqlmap, apart from its verdict, and from answers that differ from one another because each has a request id of its own. */
const fatal = /\[CRITICAL\] (?!all tested parameters|target URL content appears to be heavily dynamic)/;
const point = /^Parameter: (.+)\n((?: {4}.*\n|\n)+)/gm;

/**
 * What one run of sqlmap says, from its output. A run that neither found something nor says that it looked everywhere did not examine anything:
 * sqlmap ends with 0 either way.
 */
export function readSqlmapOutput(output: string): SqlmapOutcome {
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
  if (saidClean && !/user aborted/.test(text) && !fatal.test(text)) return { kind: "clean" };
  const critical = /\[CRITICAL\] (.+)/.exec(text)?.[1];
  return { kind: "not_examined", reason: critical ?? text.trimEnd().split("\n").at(-1)?.slice(0, 200) ?? "no output" };
}
