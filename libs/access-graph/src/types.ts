import type { AccessLevel, Credential, Grant, Identity, Resource } from "@rollcall/nhi-model";

/** What the graph is built from: the merged inventory of one workspace. Order does not matter: the result is the same. */
export interface GraphInput {
  readonly identities: readonly Identity[];
  readonly credentials: readonly Credential[];
  readonly resources: readonly Resource[];
  readonly grants: readonly Grant[];
  /** Ages and expiries are judged as of this instant (RFC 3339). */
  readonly asOf: string;
}

export type NodeKind = "identity" | "credential" | "resource" | "external";

export interface GraphNode {
  /** Stable across runs: `<nodeKind>:<ref>`; two sources naming the same full ref (ARN) share a node. */
  readonly key: string;
  readonly kind: NodeKind;
  /** Identity kind, credential kind, resource kind, or "external". */
  readonly subkind: string;
  /** Our row, or null for nodes the graph derives itself (a service scope, an unknown account, anyone on the internet). */
  readonly entityId: string | null;
  readonly label: string;
  readonly provider: string;
  readonly account: string | null;
  readonly environment: string | null;
  /** w of graph.md E1: integer 0-100; 0 = not an asset. */
  readonly weight: number;
  readonly weightReason: string | null;
  readonly tierZero: boolean;
  /** Who says that there is such a thing, sorted; absent for nodes that the graph derives itself. */
  readonly sourceIds?: readonly string[];
  /** What the edge builders learnt about this node beyond its edges; absent when that is nothing. */
  readonly traits?: NodeTraits;
}

/** Facts about one node that no single edge carries. A missing field is unknown. */
export interface NodeTraits {
  /** Some grant of its own uses a wildcard action, or a wildcard resource for a changing action. */
  readonly wildcard?: boolean;
  /** Who outside may become this identity, one entry per trusted party. */
  readonly trust?: readonly TrustTrait[];
}

export interface TrustTrait {
  readonly kind: "oidc" | "saml" | "cross_account";
  /** Account id, issuer host or SAML provider. */
  readonly party: string;
  readonly issuerShared?: boolean;
  readonly subjectMatch?: "exact" | "wildcard" | "none";
  readonly audiencePinned?: boolean;
  readonly external?: boolean;
  readonly externalIdRequired?: boolean;
}

export type EdgeKind =
  | "AUTHENTICATES_AS"
  | "CAN_READ_SECRET"
  | "STORES"
  | "MEMBER_OF"
  | "HAS_ROLE"
  | "CAN_ASSUME"
  | "CAN_MINT_CREDENTIAL"
  | "CAN_IMPERSONATE"
  | "CAN_ESCALATE_SELF"
  | "CAN_MODIFY_TRUST"
  | "CAN_PASS_AND_RUN"
  | "CAN_CONTROL_COMPUTE"
  | "RUNS_AS"
  | "CAN_WRITE_CODE"
  | "CAN_RUN_WORKFLOW"
  | "USES_SECRET"
  | "DEPLOYS_TO"
  | "FEDERATES_TO"
  | "ACCESSES"
  | "OWNS"
  | "CONTAINS"
  | "DELEGATES_TO"
  | "CAN_CALL_TOOL";

/** Always source -> what the source gains. `conditional` edges are in Gmax only (graph.md E3). */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  readonly conditional: boolean;
  /** Only on ACCESSES, which is terminal. */
  readonly level: AccessLevel | null;
  readonly why: EdgeEvidence;
}

/** Why an edge exists: enough to say one sentence and to replay it. */
export interface EdgeEvidence {
  /** pathfinding.cloud or other catalogue id, e.g. "iam-001"; null for plain grants. */
  readonly technique: string | null;
  /** Raw facts: policy ref + statement id, binding ref, trust statement. */
  readonly facts: readonly { readonly ref: string; readonly detail: string }[];
  /** Conditions that could not be evaluated, in words. Non-empty = conditional. */
  readonly conditions: readonly string[];
  /** Everything the edge rests on that somebody could take away; absent = nothing that a fix could remove. See `Way`. */
  readonly ways?: readonly Way[];
}

/**
 * What a fix can take away, as text so that it survives storage: `grant:<grant id>`, `statement:<policy ref>#<statement id>` (a role's
 * ARN for its trust policy), `credential:<node key>`. `shield:<grant id>` is a grant whose removal would also lift a deny, so that its
 * effect is known only by building again. `?` is always there, and leaves open whether the condition holds.
 */
export type Ground = string;

/** Grounds that together satisfy one need. */
export type Alternative = readonly Ground[];

/**
 * One complete reason for an edge: every need must keep an alternative of which every ground remains. The edge exists while one of its ways
 * does, and is unconditional while one of them does without `?`.
 */
export type Way = readonly (readonly Alternative[])[];

/** What could not be modelled or resolved; it turns exact answers into "at least". */
export interface GraphGap {
  readonly ref: string;
  readonly what: "policy_document_missing" | "policy_invalid" | "not_modelled" | "unresolved_reference";
  readonly detail: string;
}

export interface AccessGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly indexByKey: ReadonlyMap<string, number>;
  readonly gaps: readonly GraphGap[];
  /** 10 * sum of weights: denominator of BR%. */
  readonly totalWeight: number;
}

/** Blast radius of one node, integers as graph.md E3 defines them. min = Gmin (T edges), max = Gmax (T + C). */
export interface BlastRadius {
  readonly min: number;
  readonly max: number;
  /** 0-100, one decimal. */
  readonly pctMin: number;
  readonly pctMax: number;
  readonly tierZeroMin: boolean;
  readonly tierZeroMax: boolean;
  /** Assets with L > 0 in Gmin / Gmax. */
  readonly assetsMin: number;
  readonly assetsMax: number;
  /** Identities in Ctl(s), without s. */
  readonly identitiesMin: number;
  readonly identitiesMax: number;
  /** Assets of weight >= 50 reached in Gmin. */
  readonly sensitiveMin: number;
  readonly environments: readonly string[];
  readonly severity: "critical" | "high" | "medium" | "low";
  /** CAN_ESCALATE_* and the like leaving s or a node it controls without leaving its principal set: distinct techniques in Gmin. */
  readonly escalations: readonly string[];
  /** A gap on s or on a node it controls hides grants: the numbers are lower bounds. */
  readonly atLeast?: boolean;
}

export interface ReachedAsset {
  readonly node: number;
  readonly level: AccessLevel;
  /** Only in Gmax: some hop is conditional. */
  readonly conditional: boolean;
  /** Least number of edges. */
  readonly hops: number;
  /** weight * L: what this asset adds to the blast radius. */
  readonly contribution: number;
}

export interface PathHop {
  readonly edge: GraphEdge;
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** One sentence a person understands: "role/deploy can assume role/admin (trust policy allows the account)". */
  readonly sentence: string;
}
