import type { NhiRecord, Playbook, Severity } from "@rollcall/nhi-model";
import type { Condition } from "./condition.ts";
import type { SeverityPolicy } from "./severity.ts";

/** Where in the posture programme a rule belongs. */
export type RulePhase =
  | "discovery-inventory"
  | "classification-ownership"
  | "provisioning-decommissioning"
  | "secure-storage-rotation"
  | "posture-monitoring-detection"
  | "compliance-governance";

/** Which moment in the life of an identity a rule is about. */
export type LifecycleStage =
  "discovery" | "classification" | "ownership" | "provisioning" | "active-use" | "rotation" | "offboarding" | "governance";

export interface RuleParam {
  readonly default: number;
  readonly unit: "days" | "hours" | "percent" | "count" | "points";
  readonly label: string;
}

export interface Remediation {
  /** One imperative sentence. */
  readonly action: string;
  readonly steps: readonly string[];
  /** What can stop working when this is done carelessly. */
  readonly breaks: string;
  /** What the next sync must show for this to count as done. */
  readonly verify: string;
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly phase: RulePhase;
  readonly stage: LifecycleStage;
  readonly entity: "identity" | "source";
  readonly playbook: Playbook;
  readonly rationale: string;
  readonly params: Readonly<Record<string, RuleParam>>;
  /** Known false = the rule does not apply to this identity and counts neither as passed nor as failed. */
  readonly appliesTo?: Condition<NhiRecord>;
  readonly fails: Condition<NhiRecord>;
  readonly severity: SeverityPolicy;
  readonly remediation: Remediation;
  /** Further fields worth showing beside those the condition read. */
  readonly evidence: readonly string[];
}

export interface Evidence {
  readonly path: string;
  /** As shown to people; "not recorded" when there was none. */
  readonly value: string;
}

export type VerdictState = "pass" | "fail" | "unknown" | "not_applicable";

export interface Verdict {
  readonly ruleId: string;
  readonly state: VerdictState;
  /** Only on a failed check. */
  readonly severity: Severity | null;
  /** Only on an unknown verdict: the fields whose absence prevents an answer. */
  readonly unknownFields: readonly string[];
  /** What decided a failed check. `explain` gives it for every state. */
  readonly evidence: readonly Evidence[];
}
