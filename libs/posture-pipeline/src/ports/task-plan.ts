import type { LostEdges } from "@rollcall/access-graph";
import type { BeforeAfterView, PlanStepView } from "./graph-views.ts";

/** Somebody who loses something by a plan. */
export interface PlanSubject {
  readonly key: string;
  /** Id of the inventory row; null for what only the graph knows. */
  readonly entityId: string | null;
  readonly label: string;
  readonly kind: string;
  readonly subkind: string;
}
export interface PlanConsumer extends PlanSubject {
  readonly used: "used" | "unused" | "unknown";
  readonly lastUsedAt: string | null;
}

/** What a task of the playbook `plan` asks for, and what was expected of it when it was opened. */
export interface TaskPlanView {
  readonly steps: readonly PlanStepView[];
  /** Whose reach the plan was made for; null = the workspace. */
  readonly focus: PlanSubject | null;
  readonly risk: BeforeAfterView;
  /** Share of the risk of the workspace, percent with one decimal. */
  readonly riskCutPct: number;
  readonly focusPct: BeforeAfterView | null;
  readonly focusScore: BeforeAfterView | null;
  readonly affected: readonly PlanConsumer[];
  readonly affectedTotal: number;
  readonly inexact: readonly string[];
  readonly atLeast: boolean;
  /** Steps of ways in that are to be gone. */
  readonly edges: number;
  /** Credentials that are to have a new value. */
  readonly rotations: number;
  /** The date the data spoke of when the plan was made. */
  readonly asOf: string;
}

/** By what an analysis tells that a plan was carried out. */
export interface PlanCheck {
  readonly edges: LostEdges;
  /** Refs of credentials that need a value newer than `asOf`. */
  readonly rotations: readonly string[];
  /** Refs of what the plan touches. While one of them cannot be read, its absence says nothing. */
  readonly refs: readonly string[];
}

export interface TaskPlan extends TaskPlanView {
  readonly check: PlanCheck;
  /** Sources that speak of what the plan touches: all must have been read. */
  readonly sourceIds: readonly string[];
}

/** A plan ready to become a task. `planId` is the same for the same steps in any order. */
export interface PlanDraft {
  readonly planId: string;
  readonly title: string;
  readonly plan: TaskPlan;
}
