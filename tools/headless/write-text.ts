import { dirname } from "node:path";
import { printable } from "./output.ts";
import type { Output } from "./output.ts";
import type { Report } from "./report.ts";
import type { IdentityRow, ReachRow, RouteRow } from "./report-schema.ts";

/** Rows a list shows on a screen; the JSON has them all. */
const SHOWN = 20;
const LABEL_CHARACTERS = 68;

const styles = { bold: "1", dim: "2", red: "31", yellow: "33", green: "32", plain: "0" } as const;
type Style = keyof typeof styles;
type Paint = (style: Style, text: string) => string;

const bandStyle: Readonly<Record<string, Style>> = { critical: "red", high: "yellow", medium: "plain", low: "green" };

/** The report for people: totals, what is wrong, who reaches what, and what nobody can tell. */
export async function writeText(report: Report, { write, styled }: Output): Promise<void> {
  const paint: Paint = (style, text) => (styled && style !== "plain" ? `\u001b[${styles[style]}m${text}\u001b[0m` : text);
  const lines = [
    ...sourceLines(report, paint),
    ...verdictLines(report, paint),
    ...identityLines([...report.identities()], paint),
    ...administratorLines(report, paint),
    ...routeLines("Escalation paths to an account, cluster or administrator", report.routes.escalationPaths, paint),
    ...routeLines("Take-overs of other principals", report.routes.takeOvers, paint),
    ...reachLines([...report.routes.reaches()], paint),
    ...unknownLines(report, paint),
  ];
  for (const line of lines) await write(`${line}\n`);
}

const heading = (text: string, paint: Paint): string[] => ["", paint("bold", text)];
const listed = (kinds: Readonly<Record<string, number>>): string =>
  Object.entries(kinds)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");
const more = (total: number, paint: Paint): string[] =>
  total > SHOWN ? [paint("dim", `  and ${total - SHOWN} more; --json has all`)] : [];

/** Long references keep their end, which is what tells them apart. */
const fitted = (text: string): string => {
  const safe = printable(text);
  return safe.length <= LABEL_CHARACTERS ? safe : `...${safe.slice(3 - LABEL_CHARACTERS)}`;
};

function sourceLines({ head }: Report, paint: Paint): string[] {
  const { totals } = head;
  return [
    paint("bold", `${head.files} ${head.files === 1 ? "file" : "files"}, as of ${head.asOf}`),
    ...head.sources.flatMap((source) => [
      `  ${printable(source.name)} (${source.connector}, as of ${source.asOf}, ${source.asOfBasis.replaceAll("_", " ")})`,
      paint("dim", `    in the files: ${listed(source.totals) || "nothing counted"}`),
      ...source.notes.map((note) => paint("dim", `    ${printable(note)}`)),
    ]),
    ...heading("Inventory", paint),
    ...(["identities", "credentials", "resources", "grants"] as const).map((noun) => {
      const { total, byKind } = totals[noun];
      return `  ${noun.padEnd(12)} ${total}${total === 0 ? "" : `  (${listed(byKind)})`}`;
    }),
    `  graph        ${totals.graph.nodes} nodes, ${totals.graph.edges} edges, ${totals.graph.conditionalEdges} of them conditional`,
  ];
}

function verdictLines({ head }: Report, paint: Paint): string[] {
  const { verdicts } = head;
  const failing = verdicts.rules.filter((rule) => rule.fail > 0).sort((a, b) => b.fail - a.fail || (a.ruleId < b.ruleId ? -1 : 1));
  return [
    ...heading("Verdicts", paint),
    `  posture ${verdicts.postureScore ?? "unknown"}, from ${verdicts.completeness} % of the verdicts; findings: ${listed(verdicts.findings) || "none"}`,
    ...failing.slice(0, SHOWN).map((rule) => `  ${rule.ruleId.padEnd(9)} ${String(rule.fail).padStart(6)}  ${rule.title}`),
    ...more(failing.length, paint),
  ];
}

function identityLines(identities: readonly IdentityRow[], paint: Paint): string[] {
  const sorted = identities.toSorted((a, b) => b.score.max - a.score.max || b.score.min - a.score.min || (a.ref < b.ref ? -1 : 1));
  const row = ({ ref, score, blastRadius: blast, verdicts }: IdentityRow): string => {
    const points = score.min === score.max ? `${score.max}` : `${score.min}-${score.max}`;
    const reach = blast.percentMin === blast.percentMax ? `${blast.percentMax} %` : `${blast.percentMin}-${blast.percentMax} %`;
    const zero = { yes: "tier 0", conditional: "tier 0 ?", no: "" }[blast.tierZero];
    const band = paint(bandStyle[score.band] ?? "plain", score.band.padEnd(8));
    return `  ${points.padStart(7)} ${band} ${`${blast.atLeast ? ">= " : ""}${reach}`.padStart(15)} ${zero.padEnd(8)} ${String(verdicts.fail.length).padStart(3)}  ${fitted(ref)}`;
  };
  return [
    ...heading("Identities", paint),
    paint("dim", `  ${"score".padStart(7)} ${"band".padEnd(8)} ${"blast radius".padStart(15)} ${"".padEnd(8)} findings`),
    ...sorted.slice(0, SHOWN).map(row),
    ...more(sorted.length, paint),
  ];
}

function administratorLines({ routes: { administrators } }: Report, paint: Paint): string[] {
  if (administrators.length === 0) return [];
  return [
    ...heading(`Administrators (${administrators.length})`, paint),
    ...administrators
      .slice(0, SHOWN)
      .map(
        ({ ref, owns, certain }) =>
          `  ${fitted(ref)} ${paint("dim", `owns ${owns.join(", ")}${certain ? "" : ", if its conditions hold"}`)}`,
      ),
    ...more(administrators.length, paint),
  ];
}

function routeLines(title: string, routes: readonly RouteRow[], paint: Paint): string[] {
  if (routes.length === 0) return [...heading(title, paint), "  none found"];
  return [
    ...heading(`${title} (${routes.length})`, paint),
    ...routes
      .slice(0, SHOWN)
      .flatMap((route) => [
        `  ${paint(route.certain ? "red" : "yellow", route.certain ? "certain    " : "conditional")} ${fitted(route.from)}`,
        `           -> ${fitted(route.to)}  ${paint("dim", route.techniques.join(", "))}`,
        ...route.hops.map((hop, index) => paint("dim", `              ${index + 1}. ${printable(hop.sentence)}`)),
      ]),
    ...more(routes.length, paint),
  ];
}

function reachLines(rows: readonly ReachRow[], paint: Paint): string[] {
  const title = `Resources that principals reach (${rows.length})`;
  if (rows.length === 0) return [...heading(title, paint), "  none found"];
  return [
    ...heading(title, paint),
    ...rows
      .slice(0, SHOWN)
      .flatMap(({ from, to, level, certain, via }) => [
        `  ${paint(certain ? "red" : "yellow", certain ? "certain    " : "conditional")} ${level.padEnd(7)} ${fitted(from)}`,
        `           -> ${fitted(to)}  ${paint("dim", via.join(", "))}`,
      ]),
    ...more(rows.length, paint),
  ];
}

/** A folder of a repository brings hundreds of files that nobody meant: how many, by the folder they lie in. */
function strangerLines(rejected: Report["head"]["unknown"]["unreadable"]): string[] {
  const strangers = rejected.filter(({ code }) => code === "unrecognised");
  return [...Map.groupBy(strangers, ({ where }) => dirname(where))].map(([folder, files]) =>
    files.length === 1 ? files[0]!.where : `${folder}: ${files.length} files`,
  );
}

function unknownLines({ head: { unknown } }: Report, paint: Paint): string[] {
  const section = (title: string, rows: readonly string[]): string[] =>
    rows.length === 0 ? [] : [`  ${title}`, ...rows.slice(0, SHOWN).map((row) => `    ${printable(row)}`), ...more(rows.length, paint)];
  const lines = [
    ...section(
      "not readable",
      unknown.unreadable.filter(({ code }) => code !== "unrecognised").map(({ where, message }) => `${where}: ${message}`),
    ),
    ...section("none of the exports that are read", strangerLines(unknown.unreadable)),
    ...section(
      "not resolved: what these grant is missing above",
      unknown.gaps.map(({ ref, what, detail }) => `${ref}: ${what.replaceAll("_", " ")}, ${detail}`),
    ),
    ...section(
      "not listed completely",
      unknown.incomplete.map(({ source, dataset, outcome, note }) => `${source} ${dataset}: ${outcome}${note === null ? "" : `, ${note}`}`),
    ),
    ...section(
      "facts that rules asked for",
      unknown.facts.map(({ field, reason, identities }) => `${field}: ${reason.replaceAll("_", " ")} for ${identities} identities`),
    ),
  ];
  return [...heading("Unknown", paint), ...(lines.length === 0 ? ["  nothing"] : lines)];
}
