import type { CredentialKind } from "@rollcall/nhi-model";
import type { ApiKeyRow } from "./accounts-store.ts";
import type { PullSourceRow } from "./pull-sources-store.ts";
import type { FederationRow, ServiceUserRow } from "./machines-store.ts";

/** A secret that a process holds for the whole instance, as it says at its start. */
export interface HeldSecret {
  /** Stable, e.g. `root-key`. */
  readonly id: string;
  readonly kind: CredentialKind;
  readonly name: string;
  readonly purpose: string;
  /** Where it is kept: `env_var`, `filesystem`, or null when it is derived from another one and kept nowhere. */
  readonly storage: "env_var" | "filesystem" | null;
  /** Keyed fingerprint, by which a rotation is noticed; null = not fingerprinted. */
  readonly fingerprint: string | null;
}

export interface InstanceSecretRow extends Omit<HeldSecret, "fingerprint"> {
  /** Null = older than what this instance can know. */
  readonly rotatedAt: string | null;
  readonly lastStartedAt: string;
}

/** A login of the database that a process of ours uses. */
export interface DatabaseRoleRow {
  readonly name: string;
  readonly purpose: "app" | "limited" | "system" | "owner";
  readonly superuser: boolean;
  readonly validUntil: string | null;
}

export interface SelfPerson {
  readonly userId: string;
  readonly name: string;
  /** Null for somebody who is no member any more. */
  readonly email: string | null;
  readonly admin: boolean;
  readonly member: boolean;
}

export interface SignInLinkRow {
  readonly id: string;
  readonly role: string;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
}

/** Everything that Rollcall itself holds in a workspace and that opens something. Facts only. */
export interface SelfInventory {
  readonly format: "rollcall-self/v1";
  readonly workspaceId: string;
  readonly asOf: string;
  readonly people: readonly SelfPerson[];
  readonly serviceUsers: readonly ServiceUserRow[];
  readonly apiKeys: readonly ApiKeyRow[];
  readonly federations: readonly FederationRow[];
  readonly pullSources: readonly PullSourceRow[];
  readonly signInLinks: readonly SignInLinkRow[];
  readonly databaseRoles: readonly DatabaseRoleRow[];
  readonly instanceSecrets: readonly InstanceSecretRow[];
}

/** What a process of this instance cannot do: said until it can again. */
export interface InstanceTrouble {
  readonly id: "audit-checkpoints";
  /** A few words that follow a colon. Never a secret, never a path. */
  readonly reason: string;
  readonly since: string;
}

export interface SelfStore {
  workspaceIds(): Promise<readonly string[]>;
  /** Null when there is no such workspace. */
  inventory(workspaceId: string, asOf: string): Promise<SelfInventory | null>;
  /**
   * Replaces what `holder` held before. A change is written to every workspace's audit log and announces a sync of each. A secret is
   * known since now when the instance is new or when it was seen with another fingerprint before; else its age is unknown.
   */
  recordSecrets(holder: "api" | "worker", secrets: readonly HeldSecret[]): Promise<void>;
  troubles(): Promise<readonly InstanceTrouble[]>;
  /** Null = it is over. Since when it lasts is kept while the reason changes. */
  reportTrouble(id: InstanceTrouble["id"], reason: string | null): Promise<void>;
}
