import { blastRadiusOfAll } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import { isKnown } from "@rollcall/nhi-model";
import type { FactMap } from "@rollcall/nhi-model";
import { reconcileWithFindings } from "@rollcall/posture-pipeline";
import type { AnalysisResult, ParsedImport, WorkspaceSnapshot } from "@rollcall/posture-pipeline";

/** A stage as nested objects keyed by what a person would call the thing: keys, not positions, so that a diff names what changed. */
export type Stage = Readonly<Record<string, unknown>>;
export const STAGES = ["inventory", "graph", "findings", "tasks"] as const;
export type StageName = (typeof STAGES)[number];
export type Stages = Readonly<Record<StageName, Stage>>;

const keyed = <T>(rows: readonly T[], key: (row: T) => string, value: (row: T) => unknown): Record<string, unknown> => {
  const entries = rows.map((row) => [key(row), value(row)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const twice = entries.find(([name], index) => entries[index + 1]?.[0] === name);
  if (twice !== undefined) throw new Error(`two rows are called ${twice[0]}`);
  return Object.fromEntries(entries);
};

/** Known facts as they are; unknown ones as `? reason`. Source and time are the same for all and left out. */
const factsOf = (facts: FactMap): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([path, fact]) => [path, isKnown(fact) ? fact.known : `? ${fact.unknown}`]));

const importsOf = (imports: readonly ParsedImport[]): Record<string, unknown> =>
  keyed(
    imports,
    (i) => `${i.connector}/${i.account}`,
    (i) => ({
      asOf: i.asOf,
      basis: i.asOfBasis,
      totals: i.totals,
      notes: i.notes,
      rejected: i.rejected,
      reports: keyed(
        i.reports,
        (r) => r.scope.dataset,
        (r) => `${r.outcome}${r.note === undefined ? "" : `: ${r.note}`}`,
      ),
    }),
  );

export const inventoryStage = (snapshot: WorkspaceSnapshot, imports: readonly ParsedImport[]): Stage => ({
  imports: importsOf(imports),
  identities: keyed(
    snapshot.identities,
    (i) => i.ref,
    ({ kind, name, nativeId, account, facts, attributes }) => ({ kind, name, nativeId, account, facts: factsOf(facts), attributes }),
  ),
  credentials: keyed(
    snapshot.credentials,
    (c) => c.ref,
    ({ kind, name, fingerprint, facts }) => ({ kind, name, fingerprint, facts: factsOf(facts) }),
  ),
  resources: keyed(
    snapshot.resources,
    (r) => `${r.ref} (${r.account ?? "no account"})`,
    ({ kind, name, environment, sensitivity, sensitivityReason, tierZero, attributes }) => ({
      kind,
      name,
      environment,
      sensitivity,
      sensitivityReason,
      tierZero,
      attributes,
    }),
  ),
  grants: keyed(
    snapshot.grants,
    (g) => g.ref,
    ({ dialect, grantKind, from, to, level, conditional, attributes }) => ({
      dialect,
      grantKind,
      from,
      to,
      level,
      conditional,
      attributes,
    }),
  ),
  owners: keyed(
    snapshot.ownerClaims,
    (o) => `${o.identityId} ${o.signal} ${o.label}`,
    ({ ownerKind, personRef, weight }) => ({ ownerKind, personRef, weight }),
  ),
  humans: keyed(
    snapshot.humans,
    (h) => h.ref,
    ({ name, status, departedAt }) => ({ name, status, departedAt }),
  ),
});

export const graphStage = (graph: AccessGraph): Stage => {
  const key = (index: number): string => graph.nodes[index]!.key;
  const radius = blastRadiusOfAll(graph);
  const names = graph.edges.map(
    (edge) =>
      `${key(edge.from)} ${edge.kind} ${key(edge.to)}${edge.level === null ? "" : ` (${edge.level})`}${edge.why.technique === null ? "" : ` [${edge.why.technique}]`}`,
  );
  return {
    nodes: keyed(
      [...graph.nodes],
      (n) => n.key,
      ({ subkind, label, weight, tierZero, traits }) => ({ subkind, label, weight, tierZero, ...(traits === undefined ? {} : { traits }) }),
    ),
    edges: keyed(
      graph.edges.map((edge, index) => ({ edge, name: names[index]! })),
      (e) => e.name,
      ({ edge }) => ({
        conditional: edge.conditional,
        facts: edge.why.facts.map(({ ref, detail }) => `${ref}: ${detail}`),
        conditions: edge.why.conditions,
      }),
    ),
    gaps: keyed(
      [...graph.gaps],
      (g) => `${g.ref} ${g.what} ${g.detail}`,
      () => true,
    ),
    reach: keyed(
      [...graph.nodes.entries()].filter(([, node]) => node.kind === "identity"),
      ([, node]) => node.key,
      ([index]) => radius.at(index),
    ),
    totalWeight: graph.totalWeight,
  };
};

export const findingsStage = (result: AnalysisResult): Stage => ({
  asOf: result.asOf,
  posture: { score: result.posture.score, completeness: result.posture.completeness, kpis: result.posture.kpis },
  identities: keyed(
    result.identities,
    (i) => i.identityId,
    (i) => ({
      score: `${i.scoreMin}-${i.scoreMax}`,
      band: i.band,
      lifecycle: i.lifecycle,
      owner: i.ownerLabel,
      worst: i.worstSeverity,
      terms: keyed(
        i.terms,
        (t) => t.id,
        (t) => `${t.min}-${t.max} of ${t.cap}: ${t.why}`,
      ),
      actions: keyed(
        i.actions,
        (a) => a.playbook,
        (a) => `${a.min}-${a.max}`,
      ),
      unknownRules: i.unknownRules,
      passedRules: i.passedRules,
    }),
  ),
  findings: keyed(
    result.findings,
    (f) => `${f.ruleId} ${f.subjectId}`,
    (f) => ({
      severity: f.severity,
      playbook: f.playbook,
      evidence: keyed(
        f.evidence,
        (e) => e.path,
        (e) => e.value,
      ),
    }),
  ),
});

export const tasksStage = (snapshot: WorkspaceSnapshot, result: AnalysisResult, now: string): Stage => {
  const changes = reconcileWithFindings({ snapshot, findings: result.findings, existing: [], now, asOf: result.asOf });
  return keyed(
    changes,
    ({ task }) => `${task.playbook} ${task.subjectId}`,
    ({ task, events }) => ({
      title: task.title,
      severity: task.severity,
      state: task.state,
      dueAt: task.dueAt,
      events: events.map(({ kind }) => kind),
    }),
  );
};
