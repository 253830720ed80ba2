import type { Change } from "@rollcall/access-graph";
import type { AccessLevel } from "@rollcall/nhi-model";
import type { Band, Interval } from "./views.ts";

/** Answers about the access graph, as the dashboard and the REST API show them. */
export interface GraphNodeView {
  readonly key: string;
  readonly entityId: string | null;
  readonly kind: string;
  readonly subkind: string;
  readonly label: string;
  readonly provider: string;
  readonly account: string | null;
  readonly environment: string | null;
  readonly weight: number;
  readonly weightReason: string | null;
  readonly tierZero: boolean;
}

/** Whether what is counted holds only if some condition does. */
export type Certainty = "certain" | "some" | "conditional";

/** One mark of the picture: a node by itself, or many of a kind at the same distance. */
export interface PictureUnit {
  /** Stable while the thing is the same: groups by what they gather, nodes by their key. */
  readonly id: string;
  /** The group it belongs to; units of one group stand together. */
  readonly group: string;
  /** Steps from the node that was asked about. */
  readonly hop: number;
  readonly kind: string;
  /** Null when it gathers several. */
  readonly subkind: string | null;
  readonly environment: string | null;
  readonly tierZero: boolean;
  readonly count: number;
  /** Set when it stands for exactly one node. */
  readonly node: GraphNodeView | null;
  readonly certainty: Certainty;
  /** Best level on what it gathers, when it is accessed rather than controlled. */
  readonly level: AccessLevel | null;
  /** Sum of weight x level: what it adds to the blast radius. */
  readonly points: number;
  /** What stays together of a group that was opened. */
  readonly rest: boolean;
}

/** Always in the direction of attack: whoever stands at `from` gains `to`. */
export interface PictureLink {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly certainty: Certainty;
  /** How the steps read between two names, most frequent first. */
  readonly phrases: readonly string[];
}

export interface Picture {
  readonly root: GraphNodeView;
  /** `out`: what it reaches; `in`: who reaches it. */
  readonly direction: "out" | "in";
  readonly units: readonly PictureUnit[];
  readonly links: readonly PictureLink[];
  /** Nodes the picture stands for, the root aside. */
  readonly nodes: number;
  readonly longestHop: number;
}

export interface GraphGapView {
  readonly what: string;
  readonly ref: string;
  /** The name of what `ref` means, or the ref in words where the graph has no node for it. */
  readonly who: string;
  readonly detail: string;
}

/** A source that may have more to say than it did when it was read. */
export interface SourceLag {
  readonly id: string;
  readonly name: string;
  readonly asOf: string | null;
  /** `stale`: not read within the interval agreed for it; `partial`: a listing was not complete. */
  readonly reason: "failing" | "not_connected" | "stale" | "partial";
  /** What was listed in part. */
  readonly datasets: readonly string[];
}
export interface OldestReading {
  readonly id: string;
  readonly name: string;
  readonly asOf: string;
}

/** Blast radius of one node with its picture. */
export interface RadiusView {
  readonly version: string;
  readonly blast: {
    readonly min: number;
    readonly max: number;
    readonly pctMin: number;
    readonly pctMax: number;
    readonly severity: Band;
    readonly tierZero: "yes" | "conditional" | "no";
    readonly assets: Interval;
    readonly identities: Interval;
    readonly sensitive: number;
    readonly environments: readonly string[];
    readonly escalations: readonly string[];
  };
  /** A gap or a source that lags hides grants: the numbers are lower bounds. */
  readonly atLeast: boolean;
  readonly gaps: readonly GraphGapView[];
  readonly gapsTotal: number;
  /** Sources that it rests on and that may have more to say. */
  readonly lags: readonly SourceLag[];
  /** The oldest of the sources that it rests on. */
  readonly oldest: OldestReading | null;
  readonly picture: Picture;
}

/** Who can reach one node. */
export interface ExposureView {
  readonly version: string;
  readonly reachers: { readonly identities: Interval; readonly credentials: Interval; readonly outsiders: Interval };
  /** Share of all identities of the workspace, percent with one decimal. */
  readonly pct: Interval;
  readonly byLevel: Readonly<Record<AccessLevel, number>>;
  /** Hidden grants could lead here from anywhere. */
  readonly atLeast: boolean;
  readonly lags: readonly SourceLag[];
  readonly picture: Picture;
}

/** A node in a list: where it stands and what may be done with it. */
export interface ReachedNode extends GraphNodeView {
  readonly hop: number;
  readonly conditional: boolean;
  readonly level: AccessLevel | null;
  readonly points: number;
}
export interface ReachedPage {
  readonly items: readonly ReachedNode[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export interface RouteHop {
  readonly from: string;
  readonly to: string;
  readonly sentence: string;
  readonly kind: string;
  readonly technique: string | null;
  readonly conditional: boolean;
  readonly conditions: readonly string[];
  readonly facts: readonly { readonly ref: string; readonly detail: string }[];
  /** The sources that speak of its two ends, with the run that was stored last. */
  readonly readings: readonly { readonly source: string; readonly asOf: string | null; readonly syncId: string | null }[];
  /** Single changes that each end this step, fewest users first; empty when none does, or when they were not asked for. */
  readonly fixes: readonly {
    readonly title: string;
    readonly changes: readonly Change[];
    readonly affected: number;
    /** How many of those used it in 90 days; null = not known. */
    readonly used90d: number | null;
  }[];
}
export interface RouteView {
  readonly conditional: boolean;
  /** Keys of its nodes, from the first to the last. */
  readonly nodes: readonly string[];
  readonly hops: readonly RouteHop[];
}
export interface RoutesView {
  readonly from: GraphNodeView;
  readonly to: GraphNodeView;
  /** Shortest first; no two share an edge. Empty when there is no way. */
  readonly routes: readonly RouteView[];
}

/** What the graph does not say, and why. */
export interface NotModelledView {
  readonly version: string;
  readonly techniques: readonly { readonly id: string; readonly reason: string }[];
  readonly modelled: number;
  readonly gaps: readonly { readonly what: string; readonly count: number; readonly examples: readonly GraphGapView[] }[];
  readonly lags: readonly SourceLag[];
}

export type { Change as PlanChange } from "@rollcall/access-graph";

/** An amount before and after a plan, each as an interval. */
export interface BeforeAfterView {
  readonly before: Interval;
  readonly after: Interval;
}
export interface PlanStepView {
  readonly change: Change;
  /** One line: what to do. */
  readonly title: string;
}
export interface BrokenConsumerView {
  readonly node: GraphNodeView;
  readonly edges: number;
  readonly used: "used" | "unused" | "unknown";
  readonly lastUsedAt: string | null;
}
export interface LostAssetView {
  readonly node: GraphNodeView;
  readonly before: AccessLevel;
  /** Null = out of reach. */
  readonly after: AccessLevel | null;
  /** Reached afterwards only if a condition holds. */
  readonly nowConditional: boolean;
}

/** What a plan would do, to one node and to the whole workspace. Nothing is changed by asking. */
export interface WhatIfView {
  readonly version: string;
  /** The same for the same steps in any order: the subject of the task that carries them. */
  readonly planId: string;
  readonly steps: readonly PlanStepView[];
  /** Why the answer is not exact, in words; empty = exact. */
  readonly inexact: readonly string[];
  readonly atLeast: boolean;
  /** Sum over all identities of their weight as a way in times their blast radius. */
  readonly risk: BeforeAfterView;
  /** Share of that risk the plan takes away, percent with one decimal. */
  readonly riskCutPct: number;
  readonly focus: {
    readonly node: GraphNodeView;
    readonly remains: boolean;
    readonly radius: BeforeAfterView;
    readonly pct: BeforeAfterView;
    /** 0-100; null when the focus is no identity. */
    readonly score: BeforeAfterView | null;
    readonly lost: readonly LostAssetView[];
    readonly lostTotal: number;
    /** Of those, how many it no longer reaches at all; the others it reaches with less, or only if a condition holds. */
    readonly outOfReach: number;
    readonly remaining: readonly GraphNodeView[];
    readonly remainingTotal: number;
    /** The picture once the plan is done; null when the focus is gone. */
    readonly picture: Picture | null;
  } | null;
  readonly broken: readonly BrokenConsumerView[];
  readonly brokenTotal: number;
  readonly consumersToUpdate: readonly GraphNodeView[];
}

/** A change that can be tried on a node, with what is known about its effect. */
export interface OfferedChange extends PlanStepView {
  readonly group: "credential" | "identity" | "grant";
  readonly note: string;
}

/** One statement of a policy, as the document writes it. Null = it has no such element. */
export interface PolicyStatementView {
  readonly id: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[] | null;
  readonly notActions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly notResources: readonly string[] | null;
  /** The whole of it as JSON. */
  readonly statement: string;
  /** Why nothing can be taken out of it; null when something can. */
  readonly refusal: string | null;
}
export interface NarrowingView {
  readonly refusal: string | null;
  /** The statement as it would be, as JSON. */
  readonly after: string | null;
}
export interface PolicyView {
  readonly policy: string;
  readonly title: string;
  /** The trust policy of a role. */
  readonly isTrust: boolean;
  /** Why it cannot be narrowed; null when it can. */
  readonly refusal: string | null;
  readonly statements: readonly PolicyStatementView[];
}

export interface ChokePointView {
  readonly planId: string;
  readonly changes: readonly Change[];
  readonly title: string;
  readonly cut: Interval;
  readonly cutPct: number;
  /** Nodes that lose an edge of their own; how many of them used it in 90 days, null = not known. */
  readonly affected: number;
  readonly used90d: number | null;
  /** Where to look at it: the first node that loses something. */
  readonly focus: GraphNodeView | null;
}
export interface ControlPlaneView {
  readonly node: GraphNodeView;
  readonly role: string;
  readonly pct: Interval;
  readonly controls: number;
  readonly controlledBy: number;
}
export interface ChokePointsView {
  readonly version: string;
  readonly risk: Interval;
  readonly entries: number;
  readonly ranked: readonly ChokePointView[];
  readonly redundant: readonly {
    readonly title: string;
    readonly changes: readonly Change[];
    readonly alsoVia: readonly string[];
    readonly pair: { readonly title: string; readonly changes: readonly Change[]; readonly cut: Interval; readonly cutPct: number } | null;
  }[];
  readonly work: { readonly candidates: number; readonly evaluated: number; readonly pruned: number };
  readonly atLeast: boolean;
}
/** Choke points are computed apart, once per analysis. */
export type ChokePointsAnswer = { readonly state: "computing"; readonly since: string } | ({ readonly state: "ready" } & ChokePointsView);
