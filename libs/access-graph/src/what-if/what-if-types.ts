import type { Grant, Usage } from "@rollcall/nhi-model";
import type { AccessGraph, EdgeKind, GraphInput, Ground, ReachedAsset } from "../types.ts";

/** Key of a graph node, e.g. `identity:arn:aws:iam::111122223333:user/ci`. */
export type NodeKey = string;

/** One step somebody could take. Statement ids are those of the document as it is now, whatever else the plan removes. */
export type Change =
  /** The credential stops working. */
  | { readonly kind: "revoke_credential"; readonly credential: NodeKey }
  /** A new value replaces the old one: the identity keeps its reach, outsiders holding the old value lose it, consumers need the new one. */
  | { readonly kind: "rotate_credential"; readonly credential: NodeKey }
  | { readonly kind: "delete_identity"; readonly identity: NodeKey }
  /** An attachment, membership, binding, trust, secret reference or stated grant, by the grant's id. */
  | { readonly kind: "remove_grant"; readonly grant: string }
  /** `policy` is the ref of a policy, or of a role for a statement of its trust policy. */
  | { readonly kind: "remove_statement"; readonly policy: string; readonly statement: string }
  /** Less of one statement that allows: without actions or resources as the document writes them, or only under further conditions. */
  | {
      readonly kind: "narrow_statement";
      readonly policy: string;
      readonly statement: string;
      readonly removeActions: readonly string[];
      readonly removeResources: readonly string[];
      readonly addConditions: readonly { readonly operator: string; readonly key: string; readonly values: readonly string[] }[];
    }
  /** Another document in the place of the policy's. Needs the inventory. */
  | { readonly kind: "narrow_policy"; readonly policy: string; readonly document: unknown };

/** Where an attack may start. Risk = sum over entries of points x blast radius. */
export interface Entry {
  readonly node: NodeKey;
  /** 1; 3 when reachable from outside, leaked, unrotated for over a year, or orphaned (graph.md E5). */
  readonly points: number;
}

/** An amount in Gmin and in Gmax. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface BeforeAfter {
  readonly before: Bounds;
  readonly after: Bounds;
}

export interface WhatIfQuestion {
  readonly entries: readonly Entry[];
  /** The node whose reach is compared. */
  readonly focus?: NodeKey;
  /** The inventory the graph was built from. With it every change is answered exactly, by building again where the overlay cannot. */
  readonly inventory?: GraphInput;
  /** Names grants in the answer; taken from the inventory when that is given. */
  readonly grants?: readonly Grant[];
  /** Evidence of use; without it the confidence of every broken consumer is "unknown". */
  readonly usage?: readonly Usage[];
  /** RFC 3339; "used in the last 90 days" is judged as of it. */
  readonly asOf: string;
}

export interface WhatIfResult {
  /** `overlay`: the stored grounds answered; `rebuilt`: the changed inventory was built again. Both are exact unless `inexact` says otherwise. */
  readonly method: "overlay" | "rebuilt";
  /** Why the answer is not exact, in words; empty = exact. */
  readonly inexact: readonly string[];
  /** The graph after the changes, for further questions (reachOf, routes, blastRadiusOfAll). */
  readonly after: AccessGraph;
  /** Total of the workspace over the entries. */
  readonly risk: BeforeAfter;
  readonly focus: FocusResult | null;
  /** Who loses something it can do today. Largest share of its reach first. */
  readonly broken: readonly BrokenConsumer[];
  /** Stored secrets and their readers that need the new value after a rotation. */
  readonly consumersToUpdate: readonly NodeKey[];
  /** A gap or an unknown condition hides grants: the numbers are lower bounds. */
  readonly atLeast: boolean;
}

export interface FocusResult {
  readonly node: NodeKey;
  /** False when the changes remove it. */
  readonly remains: boolean;
  readonly radius: BeforeAfter;
  /** Assets it no longer reaches, or reaches at a lower level, or only under a condition. */
  readonly lost: readonly LostAsset[];
  /** Sensitive assets (weight >= 50) it still reaches; ask `routes(result.after, ...)` for the way. */
  readonly remaining: readonly (Pick<ReachedAsset, "level" | "conditional" | "hops" | "contribution"> & { readonly node: NodeKey })[];
}

export interface LostAsset {
  readonly node: NodeKey;
  readonly weight: number;
  readonly before: { readonly level: ReachedAsset["level"]; readonly conditional: boolean };
  /** Null = out of reach. */
  readonly after: { readonly level: ReachedAsset["level"]; readonly conditional: boolean } | null;
}

/** used: evidence within 90 days; unused: usage is recorded and is older or empty; unknown: nobody recorded it. */
export type UseConfidence = "used" | "unused" | "unknown";

export interface BrokenConsumer {
  readonly node: NodeKey;
  /** Its own edges that go, or become conditional. */
  readonly edges: number;
  readonly used: UseConfidence;
  readonly lastUsedAt: string | null;
}

/** A set of grounds that one action takes away. */
export interface Fix {
  readonly grounds: readonly Ground[];
  /** The same as steps for `whatIf`. */
  readonly changes: readonly Change[];
  /** One line: what to do. */
  readonly title: string;
}

/** An edge that a plan takes away or weakens. */
export interface LostEdge {
  readonly from: NodeKey;
  readonly to: NodeKey;
  readonly kind: EdgeKind;
  readonly technique: string | null;
  /** What the plan leaves between the two; points are 0 unless it is access. Empty = nothing. */
  readonly keeps: readonly { readonly points: number; readonly conditional: boolean }[];
}
export interface LostEdges {
  readonly edges: readonly LostEdge[];
  /** All of them, also where only a part is kept. */
  readonly total: number;
}
