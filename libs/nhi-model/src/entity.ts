import type { AccessLevel, CredentialKind, IdentityKind, ResourceKind } from "./kinds.ts";
import type { FactMap } from "./fact.ts";

/** The merged inventory, as stored and as the graph and the rules read it. `id` is a UUIDv7 of ours, `ref` the source's reference. */
export interface Identity {
  readonly id: string;
  readonly sourceId: string;
  readonly ref: string;
  readonly nativeId: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly provider: string;
  readonly account: string | null;
  readonly facts: FactMap;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly firstSeenAt: string;
  /** Set while complete listings no longer show it. */
  readonly missingSince: string | null;
  readonly goneAt: string | null;
}

export interface Credential {
  readonly id: string;
  readonly sourceId: string;
  readonly identityId: string;
  readonly ref: string;
  readonly kind: CredentialKind;
  readonly name: string | null;
  readonly fingerprint: string | null;
  readonly facts: FactMap;
}

export interface Resource {
  readonly id: string;
  readonly sourceId: string;
  readonly ref: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly provider: string;
  readonly account: string | null;
  readonly environment: string | null;
  /** w of graph.md: integer 0-100, 0 = not an asset. */
  readonly sensitivity: number;
  readonly sensitivityReason: string | null;
  readonly tierZero: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Grant {
  readonly id: string;
  readonly sourceId: string;
  readonly ref: string;
  readonly dialect: string;
  readonly grantKind: string;
  readonly from: string;
  readonly to: string;
  readonly level: AccessLevel | null;
  readonly conditional: boolean | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Usage {
  readonly identityId: string;
  readonly service: string | null;
  readonly lastUsedAt: string | null;
  readonly observedDays: number | null;
}

export interface OwnerClaim {
  readonly identityId: string;
  readonly ownerKind: "person" | "team" | "mailbox" | "service" | "none";
  readonly personRef: string | null;
  readonly label: string;
  readonly signal: string;
  readonly weight: number;
  readonly observedAt: string;
}

export interface Human {
  readonly ref: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: "active" | "departed" | "unknown";
  readonly departedAt: string | null;
}

/** Two entities of one source: same ref means same thing. References between entities stay inside a source unless a full ref (ARN) matches. */
export interface SourceInfo {
  readonly id: string;
  readonly connector: string;
  readonly name: string;
  readonly account: string | null;
  /** Date the newest data of this source speaks of: ages are computed as of it. */
  readonly asOf: string | null;
  readonly lastSuccessAt: string | null;
  readonly expectedIntervalHours: number | null;
  readonly status: "ok" | "degraded" | "failing" | "not_connected";
}
