import type { ApiKeyScope, StoredApiKey } from "./accounts-store.ts";

/** A member that is no person. Times are RFC 3339. */
export interface ServiceUserRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  /** The person who answers for it; null = a team does, or nobody any more. */
  readonly ownerUserId: string | null;
  readonly ownerName: string | null;
  readonly ownerTeamId: string | null;
  /** Also of a team that is no more, or was only ever written down. */
  readonly ownerTeam: string | null;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly disabledAt: string | null;
}

export interface NewServiceUser {
  readonly name: string;
  readonly purpose: string;
  readonly ownerUserId: string | null;
  readonly ownerTeamId: string | null;
}

/** What a claim of a presented token must be. In a glob `*` stands for anything but `/` and `:`, `**` for anything. */
export interface ClaimCondition {
  readonly claim: string;
  readonly match: "exact" | "glob";
  readonly value: string;
}

/** Whose tokens are taken in exchange for a short-lived one of ours. */
export interface FederationRow {
  readonly id: string;
  readonly serviceUserId: string;
  readonly serviceUserName: string;
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  readonly conditions: readonly ClaimCondition[];
  readonly scopes: readonly ApiKeyScope[];
  readonly sources: readonly string[];
  /** How long a token lives that is given under it, at most 60. */
  readonly tokenMinutes: number;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export type NewFederation = Pick<
  FederationRow,
  "serviceUserId" | "name" | "issuer" | "audience" | "conditions" | "scopes" | "sources" | "tokenMinutes"
>;

export interface StoredFederation extends FederationRow {
  readonly workspaceId: string;
}

export interface NewFederatedToken {
  readonly keyId: string;
  readonly secretHash: string;
  /** `sub` of the token it was given for. */
  readonly subject: string;
  /** `jti` of that token, when it had one. */
  readonly presentedId: string | null;
  readonly now: string;
  readonly expiresAt: string;
}

/** Who may come in without being a person. Secrets never cross this port. */
export interface MachinesStore {
  listServiceUsers(workspaceId: string): Promise<readonly ServiceUserRow[]>;
  /** Refuses (`not_found`) an owner who is no member. */
  createServiceUser(workspaceId: string, user: NewServiceUser & { readonly createdBy: string | null }): Promise<ServiceUserRow>;
  /** Null when there is no such service user. */
  updateServiceUser(workspaceId: string, id: string, change: NewServiceUser): Promise<ServiceUserRow | null>;
  /** Ends its keys, federations and their tokens at once. False when there is no such service user. */
  disableServiceUser(workspaceId: string, id: string, at: string): Promise<boolean>;
  listFederations(workspaceId: string): Promise<readonly FederationRow[]>;
  /** Refuses (`not_found`) a service user that is none of this workspace's, or disabled. */
  createFederation(workspaceId: string, federation: NewFederation & { readonly createdBy: string | null }): Promise<FederationRow>;
  /** Also ends the tokens given under it. False when there is no such federation. */
  revokeFederation(workspaceId: string, id: string, at: string): Promise<boolean>;
  /** Across workspaces; revoked also when its service user is disabled. */
  findFederation(id: string): Promise<StoredFederation | null>;
  /** False when more than `liveAtMost` tokens of it are alive already. */
  issueFederatedToken(federation: StoredFederation, token: NewFederatedToken, liveAtMost: number): Promise<boolean>;
  /** A token of the issuer that did not meet the conditions: written to the audit log. */
  recordRefusal(federation: StoredFederation, refusal: { readonly subject: string; readonly claim: string }): Promise<void>;
  /** As a key: scopes and sources of its federation. */
  findFederatedToken(keyId: string, isSecretOf: (hash: string | null) => boolean): Promise<StoredApiKey | null>;
}
