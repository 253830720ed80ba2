import type { Playbook, ReportState, Severity } from "@rollcall/nhi-model";
import type { ScoreTerm } from "./analysis-store.ts";
import type { TaskPlanView } from "./task-plan.ts";

/** Read models: what the dashboard, the REST API and the exports show. Times are RFC 3339 UTC; null = unknown. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
}

/** How many rows match; counted exactly up to a cap. */
export interface Total {
  readonly count: number;
  readonly capped: boolean;
}

export type Band = "critical" | "high" | "medium" | "low";
export interface Interval {
  readonly min: number;
  readonly max: number;
}

/** A value with where it comes from, as the identity page shows it. */
export type FactView = { readonly path: string; readonly label: string } & (
  | { readonly value: string; readonly source: string; readonly observedAt: string }
  | { readonly unknown: string; readonly howToKnow: string }
);

export interface IdentityRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly provider: string;
  readonly account: string | null;
  readonly environment: string | null;
  readonly lifecycle: string;
  readonly owner: string | null;
  readonly score: Interval;
  readonly band: Band;
  readonly blastPct: Interval;
  readonly tierZero: boolean;
  readonly credentialCount: number;
  readonly oldestCredentialDays: number | null;
  readonly nextExpiryAt: string | null;
  readonly lastUsedAt: string | null;
  readonly openFindings: number;
  readonly worstSeverity: Severity | null;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly demo: boolean;
}

export type IdentitySort = "score" | "name" | "age" | "last_used" | "blast" | "findings";
export interface IdentityFilter {
  readonly search?: string;
  /** First seen since, RFC 3339. */
  readonly since?: string;
  readonly kind?: readonly string[];
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
  readonly environment?: readonly string[];
  readonly band?: readonly Band[];
  readonly lifecycle?: readonly string[];
  readonly source?: readonly string[];
  readonly owner?: readonly string[];
  readonly rule?: readonly string[];
  /** Named lenses, all combinable: each KPI and tile links to one. */
  readonly lens?: readonly (
    | "unowned"
    | "dormant"
    | "tier_zero"
    | "expiring_30"
    | "expiring_60"
    | "expiring_90"
    | "expired"
    | "rotation_overdue"
    | "external"
    | "unknown_use"
    | "over_privileged"
    | "ai_agent"
    | "with_findings"
  )[];
}
export interface Facet {
  readonly field: "kind" | "provider" | "account" | "environment" | "band" | "lifecycle" | "source" | "owner";
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[];
}

/** When credentials end, in parts that add up to all of them; days from the date of their source. */
export const expiryParts = ["expired", "in30", "in60", "in90", "later", "none", "unknown"] as const;
export type ExpiryPart = (typeof expiryParts)[number];

export interface CredentialRow {
  readonly id: string;
  readonly identityId: string;
  readonly identityName: string;
  readonly kind: string;
  readonly name: string | null;
  readonly status: string | null;
  readonly createdAt: string | null;
  readonly lastRotatedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
  /** false = known to have none; null = unknown. */
  readonly hasExpiry: boolean | null;
  readonly ageDays: number | null;
  /** Rotation window of the policy, days: the age bar is drawn against it. */
  readonly rotationWindowDays: number | null;
  readonly storage: string | null;
  readonly exposure: string | null;
  /** Ids of other credentials with the same keyed fingerprint. */
  readonly reusedBy: readonly string[];
}

export interface FindingRow {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleTitle: string;
  readonly severity: Severity;
  readonly state: "open" | "resolved";
  readonly subjectKind: "identity" | "source";
  readonly subjectId: string;
  readonly subjectName: string;
  readonly provider: string | null;
  readonly environment: string | null;
  readonly owner: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly resolvedAt: string | null;
  readonly taskId: string | null;
  readonly taskState: string | null;
  readonly evidence: readonly { readonly path: string; readonly value: string }[];
}
/** A piece of evidence with the name of its field and its value in words. */
export interface EvidenceView {
  readonly path: string;
  readonly value: string;
  readonly label: string;
  readonly shown: string;
}
/** A finding as people read it. */
export interface FindingView extends FindingRow {
  readonly evidence: readonly EvidenceView[];
}
/** What another tool says about something. Severity and state are its own words. */
export interface ReportRow {
  readonly ref: string;
  readonly tool: string;
  readonly title: string;
  readonly rule: string | null;
  readonly severity: Severity | null;
  readonly state: ReportState;
  readonly subjectRef: string | null;
  readonly subject: string | null;
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
  readonly advice: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly observedAt: string;
}
export interface ReportFilter {
  /** Those that name this identity, its provider's id or one of its credentials. */
  readonly identityId?: string | undefined;
  readonly state?: readonly ReportState[] | undefined;
  readonly severity?: readonly Severity[] | undefined;
}
export interface FindingGroup {
  readonly ruleId: string;
  readonly title: string;
  readonly phase: string;
  readonly playbook: Playbook;
  readonly worst: Severity;
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>;
  readonly open: number;
  readonly pass: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly oldestFirstSeenAt: string | null;
}
export interface FindingFilter {
  readonly rule?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly state?: "open" | "resolved";
  readonly subject?: string;
  readonly provider?: readonly string[];
  readonly environment?: readonly string[];
  readonly control?: string;
  readonly search?: string;
  /** Resolved since, where resolved ones are asked for; otherwise first seen since, whatever became of them. RFC 3339. */
  readonly since?: string;
}

export interface ChangeRow {
  readonly at: string;
  readonly syncId: string | null;
  readonly actor: string;
  readonly what: string;
  readonly field: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ScoreTermView extends ScoreTerm {
  readonly evidence: readonly EvidenceView[];
}

export interface IdentityView extends IdentityRow {
  readonly ref: string;
  readonly nativeId: string;
  readonly asOf: string;
  readonly firstSeenAt: string;
  readonly missingSince: string | null;
  readonly goneAt: string | null;
  readonly terms: readonly ScoreTermView[];
  readonly actions: readonly { readonly playbook: Playbook; readonly label: string; readonly min: number; readonly max: number }[];
  readonly facts: readonly FactView[];
  readonly credentials: readonly CredentialRow[];
  readonly ownerClaims: readonly { readonly label: string; readonly signal: string; readonly weight: number; readonly status: string }[];
  readonly usage: readonly { readonly service: string | null; readonly lastUsedAt: string | null; readonly observedDays: number | null }[];
  readonly findings: readonly FindingView[];
  readonly tasks: readonly TaskRow[];
  readonly unknownRules: readonly { readonly ruleId: string; readonly title: string; readonly fields: readonly string[] }[];
  readonly grants: readonly { readonly ref: string; readonly kind: string; readonly to: string; readonly toLabel: string }[];
}

export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly playbook: Playbook | "plan";
  readonly state: string;
  readonly severity: Severity;
  readonly subjectKind: "identity" | "source" | "plan";
  readonly subjectId: string;
  readonly subjectName: string;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly snoozedUntil: string | null;
  readonly findingCount: number;
  readonly scoreNow: Interval | null;
  readonly scoreAfter: Interval | null;
  /** Set when the task carries a plan out of a what-if. */
  readonly plan: { readonly steps: number; readonly riskCutPct: number } | null;
  /** Increases with every change; send it back with an action, a stale one is refused. */
  readonly version: number;
}
export interface TaskView extends Omit<TaskRow, "plan"> {
  readonly plan: TaskPlanView | null;
  readonly findings: readonly FindingView[];
  readonly steps: readonly string[];
  readonly verify: string;
  readonly breaks: string;
  readonly why: string;
  readonly lastUsedAt: string | null;
  readonly events: readonly {
    readonly id: string;
    readonly at: string;
    readonly actor: string;
    readonly kind: string;
    readonly text: string | null;
  }[];
  /** What the viewer may do now, with the refusal in words for what they may not. */
  readonly allowed: readonly { readonly event: string; readonly refusal: string | null }[];
  readonly exception: {
    readonly reason: string;
    readonly compensatingControl: string;
    readonly expiresAt: string;
    readonly owner: string;
  } | null;
}
export interface TaskFilter {
  readonly queue?: "mine" | "unassigned" | "all";
  readonly state?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly playbook?: readonly string[];
  readonly subject?: string;
  /** Only those whose date has passed while their clock runs. */
  readonly overdue?: boolean;
  readonly search?: string;
}
