import type {
  Credential,
  FactMap,
  Grant,
  Human,
  Identity,
  OwnerClaim,
  Playbook,
  Resource,
  Severity,
  SourceInfo,
  Usage,
} from "@rollcall/nhi-model";
import type { AccessGraph, BlastRadius } from "@rollcall/access-graph";
import type { StoredTask, TaskEventDraft } from "./triage-store.ts";

/** What an analysis was made from, so that storing it can tell whether it still holds. */
export interface SnapshotBasis {
  readonly sourceIds: readonly string[];
  /** The analysis that was stored last when the inventory was read. */
  readonly previousRunId: string | null;
}

/** The whole merged inventory of a workspace, as one consistent read (repeatable read). */
export interface WorkspaceSnapshot {
  readonly workspaceId: string;
  /** Null for a snapshot that was not read from a store. */
  readonly basis: SnapshotBasis | null;
  readonly sources: readonly SourceInfo[];
  readonly identities: readonly Identity[];
  readonly credentials: readonly Credential[];
  readonly resources: readonly Resource[];
  readonly grants: readonly Grant[];
  readonly usage: readonly Usage[];
  readonly ownerClaims: readonly OwnerClaim[];
  readonly humans: readonly Human[];
  /** What people stated in Rollcall (owner, purpose, environment, criticality, review...), by identity id; wins over sources. */
  readonly attested: ReadonlyMap<string, FactMap>;
}

export interface ScoreTerm {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly cap: number;
  readonly why: string;
  readonly evidence: readonly { readonly path: string; readonly value: string }[];
}

/** One row of the narrow score table, rewritten whole at each analysis. */
export interface IdentityResult {
  readonly identityId: string;
  readonly lifecycle: string;
  readonly ownerLabel: string | null;
  readonly ownerConfidence: number | null;
  readonly environment: string | null;
  readonly criticality: string | null;
  readonly status: string | null;
  readonly lastUsedAt: string | null;
  readonly oldestCredentialDays: number | null;
  readonly nextExpiryAt: string | null;
  readonly credentialCount: number;
  readonly scoreMin: number;
  readonly scoreMax: number;
  readonly band: "critical" | "high" | "medium" | "low";
  readonly terms: readonly ScoreTerm[];
  /** "rotate: 62 -> 51": what each playbook would lower the score to. */
  readonly actions: readonly { readonly playbook: Playbook; readonly label: string; readonly min: number; readonly max: number }[];
  readonly blast: BlastRadius;
  readonly unknownRules: readonly string[];
  /** Field paths the rules needed and nobody could answer, with the reason. */
  readonly unknownFields: Readonly<Record<string, string>>;
  readonly passedRules: readonly string[];
  readonly openFindings: number;
  readonly worstSeverity: Severity | null;
  readonly asOf: string;
}

export interface FindingDraft {
  readonly ruleId: string;
  readonly subjectKind: "identity" | "source";
  readonly subjectId: string;
  readonly severity: Severity;
  readonly playbook: Playbook;
  readonly evidence: readonly { readonly path: string; readonly value: string }[];
}

export interface RuleTally {
  readonly ruleId: string;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

export interface PostureResult {
  /** 0-100 with one decimal, or null when nothing is known. */
  readonly score: number | null;
  /** Share of known verdicts, 0-100 with one decimal. */
  readonly completeness: number;
  readonly tallies: readonly RuleTally[];
  readonly kpis: Readonly<Record<string, number | null>>;
}

/** What reconciling tasks with the findings of an analysis changed; ids of new tasks are made by the use case. */
export interface TaskChange {
  readonly task: StoredTask;
  readonly isNew: boolean;
  readonly events: readonly TaskEventDraft[];
}

/** What a result shares with the analysis whose rows are stored, so that only the rest need be written. */
export interface SinceLast {
  /** Identities that were judged again or are gone; the rows and findings of all others stand as they are. */
  readonly identityIds: ReadonlySet<string>;
  /** The graph that is stored. */
  readonly graph: AccessGraph;
}

export interface AnalysisResult {
  /** When the judgement was made: the day of the posture point, first and last sight of findings. Ages of an identity are as of its own source's date. */
  readonly asOf: string;
  /** Date of the newest data it was made from. */
  readonly dataDate: string;
  /** Null = nothing to compare with: written whatever was stored meanwhile. */
  readonly basis: SnapshotBasis | null;
  /** Null = everything is written. Holds only while the stored analysis is the one of the basis. */
  readonly since?: SinceLast | null;
  readonly identities: readonly IdentityResult[];
  readonly findings: readonly FindingDraft[];
  readonly posture: PostureResult;
  readonly graph: AccessGraph;
}

export interface AnalysisDelta {
  /** The analysis that is stored now. */
  readonly runId: string;
  readonly opened: number;
  readonly resolved: number;
  readonly unchanged: number;
  readonly tasksOpened: number;
  readonly tasksDone: number;
}

export interface AnalysisStore {
  snapshot(workspaceId: string): Promise<WorkspaceSnapshot>;
  /**
   * Writes one analysis in one transaction: scores and graph rewritten by COPY, findings diffed (opened, resolved, kept with first seen),
   * task changes stored in bulk (new ones inserted, others by id), findings linked to the task of their (subject, playbook), posture
   * point of the day (`result.asOf`) upserted. Returns what changed; null when nothing was written because the result is outdated: a
   * source it speaks of was removed or another analysis was stored since its snapshot was read.
   */
  write(workspaceId: string, result: AnalysisResult, tasks: readonly TaskChange[]): Promise<AnalysisDelta | null>;
  /** Daily posture points of the past, used by the demo organisation to give a history (date = yyyy-mm-dd). */
  writeHistory(workspaceId: string, points: readonly { readonly date: string; readonly posture: PostureResult }[]): Promise<void>;
}
