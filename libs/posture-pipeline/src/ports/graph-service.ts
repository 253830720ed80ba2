import type { Change } from "@rollcall/access-graph";
import type {
  ChokePointsAnswer,
  ChokePointsView,
  ControlPlaneView,
  ExposureView,
  NotModelledView,
  NarrowingView,
  OfferedChange,
  PolicyView,
  RadiusView,
  ReachedPage,
  RoutesView,
  WhatIfView,
} from "./graph-views.ts";
import type { PlanDraft } from "./task-plan.ts";

interface PictureQuestion {
  /** Key of a node, or the id of the inventory row it stands for. */
  readonly node: string;
  /** Groups shown member by member. */
  readonly open: readonly string[];
  /** Nodes shown by themselves. */
  readonly show: readonly string[];
}

/** What the graph of a workspace can be asked. Plain data: questions and answers travel between threads. */
export interface GraphQuestions {
  readonly radius: PictureQuestion;
  readonly exposure: PictureQuestion;
  readonly members: {
    readonly node: string;
    readonly direction: "out" | "in";
    readonly group: string | null;
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  };
  readonly routes: {
    readonly from: string;
    readonly to: string;
    /** Also say what would end each step; this reads the inventory. */
    readonly fixes: boolean;
  };
  readonly notModelled: Readonly<Record<string, never>>;
  readonly changes: { readonly node: string };
  readonly whatIf: {
    readonly changes: readonly Change[];
    /** Whose reach is compared; null = the workspace alone. */
    readonly focus: string | null;
    readonly open: readonly string[];
    readonly show: readonly string[];
  };
  readonly policy: { readonly policy: string };
  readonly narrowing: Extract<Change, { kind: "narrow_statement" }>;
  readonly planTask: { readonly changes: readonly Change[]; readonly focus: string | null };
  readonly controlPlanes: Readonly<Record<string, never>>;
  readonly chokePoints: Readonly<Record<string, never>>;
  readonly version: Readonly<Record<string, never>>;
}
export interface GraphAnswers {
  readonly radius: RadiusView;
  readonly exposure: ExposureView;
  readonly members: ReachedPage;
  readonly routes: RoutesView;
  readonly notModelled: NotModelledView;
  readonly changes: readonly OfferedChange[];
  readonly whatIf: WhatIfView;
  readonly policy: PolicyView;
  readonly narrowing: NarrowingView;
  readonly planTask: PlanDraft;
  readonly controlPlanes: readonly ControlPlaneView[];
  readonly chokePoints: ChokePointsView;
  readonly version: string;
}
export type GraphQuestionName = keyof GraphQuestions;
export type GraphQuestion = {
  readonly [N in GraphQuestionName]: { readonly name: N; readonly input: GraphQuestions[N] };
}[GraphQuestionName];

export interface AskOptions {
  /** The person went away: the answer is not needed any more. */
  readonly signal?: AbortSignal;
}

/**
 * Answers questions about the graph that the newest analysis of a workspace left. `not_found` before the first analysis and for nodes
 * the graph does not hold, `unavailable` when an answer took longer than it may.
 */
export interface GraphService {
  ask<N extends GraphQuestionName>(
    workspaceId: string,
    question: { readonly name: N; readonly input: GraphQuestions[N] },
    options?: AskOptions,
  ): Promise<GraphAnswers[N]>;
  /** Choke points take long: computed apart, once per analysis. Answers at once, with the result or since when it is being computed. */
  chokePoints(workspaceId: string): Promise<ChokePointsAnswer>;
}
