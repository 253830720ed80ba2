import { accessFacts, blastRadiusOfAll, buildGraph } from "@rollcall/access-graph";
import type { AccessGraph, BlastRadius } from "@rollcall/access-graph";
import type { Credential, Identity, OwnerClaim, Usage } from "@rollcall/nhi-model";
import { humanDirectory } from "@rollcall/lifecycle";
import type { HumanDirectory } from "@rollcall/lifecycle";
import { evaluate, evaluateSource, ruleById } from "@rollcall/risk-scoring";
import type { AnalysisResult, FindingDraft, IdentityResult, WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { AnalysisInMemory, Judged } from "./analysis-memory.ts";
import { assembleRecord } from "./assemble-record.ts";
import type { RecordParts } from "./assemble-record.ts";
import { fingerprint } from "./fingerprint.ts";
import { identityResult } from "./identity-result.ts";
import { noReach } from "./no-reach.ts";
import { postureResult, VerdictCounter } from "./posture-result.ts";

export interface AnalyseOptions {
  /** Judges sources (stale or failing); identities are judged as of their source's own date. */
  readonly now: string;
  /** Called now and then with the number of identities done; may return a promise to let other work through. */
  readonly onProgress?: (done: number, total: number) => Promise<void> | void;
  /** What the last analysis found: whoever nothing changed for is not judged again. The result is the same. */
  readonly memory?: AnalysisInMemory | undefined;
}

const PROGRESS_EVERY = 2_000;

function groupBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

interface Related {
  readonly credentials: ReadonlyMap<string, readonly Credential[]>;
  readonly usage: ReadonlyMap<string, readonly Usage[]>;
  readonly ownerClaims: ReadonlyMap<string, readonly OwnerClaim[]>;
  readonly humans: HumanDirectory;
  readonly humansBasis: string;
  readonly asOf: ReadonlyMap<string, string>;
}

const relate = (snapshot: WorkspaceSnapshot, now: string): Related => ({
  credentials: groupBy(snapshot.credentials, (c) => c.identityId),
  usage: groupBy(snapshot.usage, (u) => u.identityId),
  ownerClaims: groupBy(snapshot.ownerClaims, (c) => c.identityId),
  humans: humanDirectory(snapshot.humans),
  humansBasis: fingerprint(snapshot.humans),
  asOf: new Map(snapshot.sources.map((s) => [s.id, s.asOf ?? now])),
});

/** The newest date any source speaks of: what the analysis as a whole is "as of". */
export const analysisDate = (snapshot: WorkspaceSnapshot, now: string): string =>
  snapshot.sources
    .map((s) => s.asOf)
    .filter((t) => t !== null)
    .sort()
    .at(-1) ?? now;

interface JudgeContext {
  readonly snapshot: WorkspaceSnapshot;
  readonly related: Related;
  readonly graph: AccessGraph;
  readonly nodeOf: ReadonlyMap<string, number>;
  readonly counter: VerdictCounter;
  readonly now: string;
  readonly memory: AnalysisInMemory | undefined;
}

/** All that the judgement of one identity is made from. */
interface Basis {
  readonly asOf: string;
  readonly inGraph: boolean;
  readonly blast: BlastRadius;
  readonly parts: RecordParts;
}

function basisOf(identity: Identity, { snapshot, related, graph, nodeOf, now }: JudgeContext): Basis {
  const node = nodeOf.get(identity.id);
  return {
    asOf: related.asOf.get(identity.sourceId) ?? now,
    inGraph: node !== undefined,
    blast: node === undefined ? noReach : blastRadiusOfAll(graph).at(node),
    parts: {
      identity,
      credentials: related.credentials.get(identity.id) ?? [],
      usage: related.usage.get(identity.id) ?? [],
      ownerClaims: related.ownerClaims.get(identity.id) ?? [],
      humans: related.humans,
      attested: snapshot.attested.get(identity.id),
      derived: node === undefined ? {} : accessFacts(graph, node),
    },
  };
}

function judge(identity: Identity, context: JudgeContext): Judged {
  const basis = basisOf(identity, context);
  const { memory, related } = context;
  if (memory === undefined) return judgeOf(basis, context.counter);
  const { humans: _humans, ...parts } = basis.parts;
  // Who is named as an owner may have left; whoever has no claim does not depend on that.
  const directory = parts.ownerClaims.length === 0 ? "" : related.humansBasis;
  return memory.judged(identity.id, fingerprint({ ...basis, parts }, directory), () => judgeOf(basis, context.counter));
}

function judgeOf({ asOf, inGraph, blast, parts }: Basis, counter: VerdictCounter): Judged {
  const { identity } = parts;
  const assembled = assembleRecord(parts);
  const verdicts = evaluate(assembled.record, { now: asOf });
  const findings = verdicts
    .filter((v) => v.state === "fail")
    .map((v): FindingDraft => ({
      ruleId: v.ruleId,
      subjectKind: "identity",
      subjectId: identity.id,
      severity: v.severity ?? "low",
      playbook: ruleById(v.ruleId)!.playbook,
      evidence: v.evidence,
    }));
  return {
    result: identityResult({ identity, assembled, verdicts, findings, blast, inGraph, asOf }),
    findings,
    states: counter.statesOf(verdicts),
  };
}

function sourceFindings(snapshot: WorkspaceSnapshot, counter: VerdictCounter, now: string): readonly FindingDraft[] {
  return snapshot.sources.flatMap((source) => {
    const record = {
      source: {
        status: source.status,
        ...(source.lastSuccessAt === null ? {} : { lastSuccessAt: source.lastSuccessAt }),
        ...(source.expectedIntervalHours === null ? {} : { expectedIntervalHours: source.expectedIntervalHours }),
      },
    };
    const verdicts = evaluateSource(record, { now });
    counter.add(counter.statesOf(verdicts));
    return verdicts
      .filter((v) => v.state === "fail")
      .map((v): FindingDraft => ({
        ruleId: v.ruleId,
        subjectKind: "source",
        subjectId: source.id,
        severity: v.severity ?? "low",
        playbook: ruleById(v.ruleId)!.playbook,
        evidence: v.evidence,
      }));
  });
}

/**
 * One whole analysis, from the merged inventory to scores, findings and posture. Pure given its input: the same snapshot and
 * date give the same result. Linear in identities and edges; 60 rules per identity.
 */
export async function analyseSnapshot(snapshot: WorkspaceSnapshot, options: AnalyseOptions): Promise<AnalysisResult> {
  const dataDate = analysisDate(snapshot, options.now);
  const present = snapshot.identities.filter((i) => i.goneAt === null);
  const graph = buildGraph({
    identities: present,
    credentials: snapshot.credentials,
    resources: snapshot.resources,
    grants: snapshot.grants,
    asOf: dataDate,
  });
  options.memory?.follow(graph);
  const counter = new VerdictCounter();
  const nodeOf = new Map(
    graph.nodes.flatMap((node, index) => (node.kind === "identity" && node.entityId !== null ? [[node.entityId, index] as const] : [])),
  );
  const context = { snapshot, related: relate(snapshot, options.now), graph, nodeOf, counter, now: options.now, memory: options.memory };
  const identities: IdentityResult[] = [];
  const findings: FindingDraft[] = [];
  for (const identity of present) {
    const judged = judge(identity, context);
    counter.add(judged.states);
    identities.push(judged.result);
    for (const finding of judged.findings) findings.push(finding);
    if (identities.length % PROGRESS_EVERY === 0) await options.onProgress?.(identities.length, present.length);
  }
  for (const finding of sourceFindings(snapshot, counter, options.now)) findings.push(finding);
  const posture = postureResult(counter.tallies(), identities, findings);
  return {
    asOf: options.now,
    dataDate,
    basis: snapshot.basis,
    since: options.memory?.since() ?? null,
    identities,
    findings,
    graph,
    posture,
  };
}
