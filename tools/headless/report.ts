import { administrators, nodesAboveSources } from "@rollcall/access-graph";
import { connectors } from "@rollcall/connectors";
import type { Identity } from "@rollcall/nhi-model";
import { reachDatasets, titleForReach } from "@rollcall/posture-pipeline";
import type { AnalysisResult, IdentityResult, ParsedImport } from "@rollcall/posture-pipeline";
import { ruleById } from "@rollcall/risk-scoring";
import { References } from "./references.ts";
import { SCHEMA_VERSION } from "./report-schema.ts";
import type { FindingRow, IdentityRow, ReportHead } from "./report-schema.ts";
import { routeRows } from "./route-rows.ts";
import type { Routes } from "./route-rows.ts";
import type { InventoryRead } from "./read-inventory.ts";

/** Rows are made one by one while they are written: ten thousand identities with their reasons need not be in memory twice. */
export interface Report {
  readonly head: ReportHead;
  readonly routes: Routes;
  readonly identities: () => Iterable<IdentityRow>;
  readonly findings: () => Iterable<FindingRow>;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function reportOf(inventory: InventoryRead, result: AnalysisResult, routesPerStart: number): Report {
  const references = new References(result.graph, inventory.snapshot);
  const routes = routeRows(result.graph, references, routesPerStart);
  return {
    head: headOf(inventory, result, routes),
    routes,
    identities: () => identityRows(inventory, result),
    findings: () => findingRows(result, references),
  };
}

type Counted = ReportHead["totals"]["identities"];

function tally<T>(rows: readonly T[], kindOf: (row: T) => string): Counted {
  const byKind = new Map<string, number>();
  for (const row of rows) byKind.set(kindOf(row), (byKind.get(kindOf(row)) ?? 0) + 1);
  return { total: rows.length, byKind: Object.fromEntries([...byKind].sort(([a], [b]) => byText(a, b))) };
}

function headOf(inventory: InventoryRead, result: AnalysisResult, routes: Routes): ReportHead {
  const sources = [...inventory.imports].sort((a, b) => byText(a.connector, b.connector) || byText(a.account, b.account));
  return {
    schemaVersion: SCHEMA_VERSION,
    asOf: result.dataDate,
    files: inventory.files,
    sources: sources.map(sourceOf),
    totals: totalsOf(inventory, result),
    verdicts: verdictsOf(result),
    unknown: {
      gaps: [...result.graph.gaps],
      unreadable: [...inventory.unreadable].sort(
        (a, b) => byText(a.where, b.where) || byText(a.code, b.code) || byText(a.message, b.message),
      ),
      incomplete: sources.flatMap(incompleteOf),
      facts: unknownFacts(result.identities),
      routesLeftOut: routes.leftOut,
    },
  };
}

const datasetsOf = (parsed: ParsedImport): ReportHead["sources"][number]["datasets"] =>
  parsed.reports.map(({ scope, outcome, note }) => ({ dataset: scope.dataset, outcome, note: note ?? null }));

const sourceOf = (parsed: ParsedImport): ReportHead["sources"][number] => ({
  connector: parsed.connector,
  account: parsed.account,
  name: parsed.sourceName,
  asOf: parsed.asOf,
  asOfBasis: parsed.asOfBasis,
  totals: parsed.totals,
  datasets: datasetsOf(parsed),
  notes: [...parsed.notes],
});

const incompleteOf = (parsed: ParsedImport): ReportHead["unknown"]["incomplete"] =>
  datasetsOf(parsed)
    .filter(({ outcome }) => outcome !== "complete")
    .map((dataset) => ({ source: `${parsed.connector}/${parsed.account}`, ...dataset }));

const totalsOf = ({ snapshot }: InventoryRead, { graph }: AnalysisResult): ReportHead["totals"] => ({
  identities: tally(snapshot.identities, (row) => row.kind),
  credentials: tally(snapshot.credentials, (row) => row.kind),
  resources: tally(snapshot.resources, (row) => row.kind),
  grants: tally(snapshot.grants, (row) => row.grantKind),
  graph: { nodes: graph.nodes.length, edges: graph.edges.length, conditionalEdges: graph.edges.filter((edge) => edge.conditional).length },
});

const verdictsOf = ({ posture, identities, findings }: AnalysisResult): ReportHead["verdicts"] => ({
  postureScore: posture.score,
  completeness: posture.completeness,
  bands: tally(identities, (row) => row.band).byKind,
  findings: tally(findings, (row) => row.severity).byKind,
  rules: posture.tallies
    .toSorted((a, b) => byText(a.ruleId, b.ruleId))
    .map(({ ruleId, fail, pass, unknown, notApplicable }) => {
      const title = ruleById(ruleId)?.title ?? ruleId;
      return { ruleId, title, fail, pass, unknown, notApplicable };
    }),
});

function unknownFacts(identities: readonly IdentityResult[]): ReportHead["unknown"]["facts"] {
  const tallies = new Map<string, { field: string; reason: string; identities: number }>();
  for (const { unknownFields } of identities) {
    for (const [field, reason] of Object.entries(unknownFields)) {
      const key = `${field}\n${reason}`;
      const known = tallies.get(key);
      if (known === undefined) tallies.set(key, { field, reason, identities: 1 });
      else known.identities += 1;
    }
  }
  return [...tallies.entries()].sort(([a], [b]) => byText(a, b)).map(([, row]) => row);
}

const datasetTitles = reachDatasets(connectors.map(({ manifest }) => manifest));

/** Sources with a listing in part that can hide a grant, by the ids that rows have here. */
const listedInPart = (imports: readonly ParsedImport[]): ReadonlySet<string> =>
  new Set(
    imports.flatMap(({ connector, account, reports }) =>
      reports.some(({ scope, outcome }) => outcome !== "complete" && titleForReach(datasetTitles, connector, scope.dataset) !== null)
        ? [`${connector}/${account}`]
        : [],
    ),
  );

function* identityRows({ snapshot, imports }: InventoryRead, result: AnalysisResult): Generator<IdentityRow> {
  const nodeOf = new Map(result.graph.nodes.map(({ entityId }, node) => [entityId, node]));
  const isAtLeast = nodesAboveSources(result.graph, listedInPart(imports));
  const results = new Map(result.identities.map((each) => [each.identityId, each]));
  const admins = new Map(administrators(result.graph).map(({ node, certain }) => [result.graph.nodes[node]!.entityId, certain]));
  const failed = new Map<string, IdentityRow["verdicts"]["fail"]>();
  for (const { subjectId, ruleId, severity } of result.findings) {
    const list = failed.get(subjectId) ?? [];
    failed.set(subjectId, list);
    list.push({ ruleId, severity });
  }
  const sorted = [...snapshot.identities].sort((a, b) => byText(a.ref, b.ref) || byText(a.sourceId, b.sourceId));
  for (const identity of sorted) {
    const judged = results.get(identity.id);
    if (judged === undefined) continue;
    const certain = admins.get(identity.id);
    const administrator = certain === undefined ? "no" : certain ? "yes" : "conditional";
    const atLeast = judged.blast.atLeast === true || isAtLeast[nodeOf.get(identity.id) ?? -1] === 1;
    yield identityRow(identity, judged, { administrator, atLeast, fail: failed.get(identity.id) ?? [] });
  }
}

const identityRow = (
  { ref, name, kind, provider, account, sourceId }: Identity,
  judged: IdentityResult,
  {
    administrator,
    atLeast,
    fail,
  }: { administrator: IdentityRow["administrator"]; atLeast: boolean; fail: IdentityRow["verdicts"]["fail"] },
): IdentityRow => ({
  ref,
  name,
  kind,
  provider,
  account,
  source: sourceId,
  asOf: judged.asOf,
  administrator,
  lifecycle: judged.lifecycle,
  credentials: judged.credentialCount,
  score: {
    min: judged.scoreMin,
    max: judged.scoreMax,
    band: judged.band,
    terms: judged.terms.map(({ id, min, max, cap, why }) => ({ id, min, max, cap, why })),
  },
  blastRadius: { ...blastOf(judged), atLeast },
  verdicts: {
    fail: fail.toSorted((a, b) => byText(a.ruleId, b.ruleId)),
    pass: judged.passedRules.toSorted(byText),
    unknown: judged.unknownRules.toSorted(byText),
  },
  unknownFacts: judged.unknownFields,
});

const blastOf = ({ blast }: IdentityResult): Omit<IdentityRow["blastRadius"], "atLeast"> => ({
  min: blast.min,
  max: blast.max,
  percentMin: blast.pctMin,
  percentMax: blast.pctMax,
  severity: blast.severity,
  tierZero: blast.tierZeroMin ? "yes" : blast.tierZeroMax ? "conditional" : "no",
  assetsMin: blast.assetsMin,
  assetsMax: blast.assetsMax,
  identitiesMin: blast.identitiesMin,
  identitiesMax: blast.identitiesMax,
  sensitiveMin: blast.sensitiveMin,
  environments: [...blast.environments],
  techniques: [...blast.escalations],
});

function* findingRows(result: AnalysisResult, references: References): Generator<FindingRow> {
  const rows = result.findings.map((finding) => ({ subject: references.ofId(finding.subjectId), finding }));
  rows.sort((a, b) => byText(a.subject, b.subject) || byText(a.finding.ruleId, b.finding.ruleId));
  for (const { subject, finding } of rows)
    yield {
      ruleId: finding.ruleId,
      severity: finding.severity,
      subject,
      subjectKind: finding.subjectKind,
      playbook: finding.playbook,
      evidence: finding.evidence.map(({ path, value }) => ({ path, value })),
    };
}
