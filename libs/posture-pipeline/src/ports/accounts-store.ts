import type { WorkspaceRole } from "@rollcall/nhi-model";

/** Who may do what. Secrets never cross this port: callers hash tokens and keys before they hand them over. Times are RFC 3339. */
export interface WorkspaceMembership {
  readonly id: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  /** Names of the teams the person belongs to. */
  readonly teams: readonly string[];
  /** Owner names of those teams, lower case: what carries one of them is theirs to answer for. */
  readonly answersFor: readonly string[];
  /** Sees what carries one of `answersFor` or their own address, and nothing else of the workspace. */
  readonly limited: boolean;
}

export interface MemberRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: WorkspaceRole;
  readonly joinedAt: string;
  readonly teams: readonly string[];
  readonly limited: boolean;
}

/** People who answer together for what carries one of the team's owner names. */
export interface TeamRow {
  readonly id: string;
  readonly name: string;
  /** Owner names and addresses as sources write them, lower case; the team's own name counts without standing here. */
  readonly owners: readonly string[];
  readonly memberIds: readonly string[];
}
export type TeamChange =
  { readonly outcome: "done"; readonly id: string } | { readonly outcome: "not_found" | "name_taken" | "unknown_member" };

export type ApiKeyScope = "ingest" | "read" | "triage" | "admin";

export interface ApiKeyRow {
  readonly id: string;
  /** Public part of the key, shown so that a leaked one can be found. */
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  /** CIDR ranges it may be used from; empty = from anywhere. */
  readonly networks: readonly string[];
  /** What it may import: a connector, or `connector:account`; empty = everything. */
  readonly sources: readonly string[];
  /** The key that took over from this one; this one ends with the overlap. */
  readonly replacedBy: string | null;
  /** The service user it belongs to; null = the person who made it. */
  readonly serviceUserId: string | null;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** What verifying a presented key needs; looked up by the public part across workspaces. */
export interface StoredApiKey extends ApiKeyRow {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly secretHash: string;
}

export interface NewApiKey {
  readonly keyId: string;
  readonly secretHash: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly networks: readonly string[];
  readonly sources: readonly string[];
  readonly expiresAt: string;
  readonly serviceUserId?: string | null;
  /** Null when the instance made it for its own command line. */
  readonly createdBy: string | null;
}

/** A link that signs its bearer in once. Only the hash of its token is stored. */
export interface NewSignInLink {
  readonly tokenHash: string;
  readonly workspaceId: string;
  readonly role: WorkspaceRole;
  /** Null = whoever opens it names themselves (first admin, open invitation). */
  readonly email: string | null;
  readonly createdBy: string | null;
  readonly expiresAt: string;
}

export interface RedeemedLink {
  readonly workspaceId: string;
  readonly role: WorkspaceRole;
  readonly email: string | null;
  /** Null = made by the operator of the instance, who may sign in anybody. */
  readonly createdBy: string | null;
}

export interface IdempotentAnswer {
  readonly requestHash: string;
  /** Null while the first request is still being answered. */
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | null;
}

/** A session of a person. What opens it is not part of it. */
export interface SessionRow {
  readonly id: string;
  readonly signedInAt: string;
  /** Of the last request, to the minute. */
  readonly lastUsedAt: string;
  /** When it ends unless it is used. */
  readonly idleUntil: string;
  readonly userAgent: string | null;
  readonly address: string | null;
}

export type MemberChange = "done" | "not_found" | "last_admin";

/** Accounts side: members, keys, links, idempotency. Workspace-bound calls take the workspace first, as the stores do. */
export interface AccountsStore {
  workspacesOf(userId: string): Promise<readonly WorkspaceMembership[]>;
  /** Creates the first workspace when there is none; returns its id. */
  ensureWorkspace(name: string): Promise<string>;
  renameWorkspace(workspaceId: string, name: string): Promise<void>;
  listMembers(workspaceId: string): Promise<readonly MemberRow[]>;
  /** Ends the password of whoever has this address, and what it opened. Null: nobody with it is a member. */
  forgetPassword(email: string): Promise<{ readonly workspaceId: string; readonly role: WorkspaceRole } | null>;
  /** Devices that are let in without a second factor are asked for it again. */
  forgetTrustedDevices(userId: string): Promise<void>;
  /** Sessions of a person that nothing has ended: not idle for too long at `now`, and begun after `begunAfter`. The one used last comes first. */
  listSessions(userId: string, living: { readonly now: string; readonly begunAfter: string }): Promise<readonly SessionRow[]>;
  /** Ends one session of a person, or all but one; the log of each of their workspaces says so. How many it ended: none when there is no such one. */
  endSessions(userId: string, which: { readonly id: string } | { readonly allBut: string }, action: string): Promise<number>;
  /** Does nothing when the person is a member already: a link never changes a role. */
  addMember(workspaceId: string, userId: string, role: WorkspaceRole): Promise<void>;
  /** A workspace keeps at least one admin. */
  setMemberRole(workspaceId: string, userId: string, role: WorkspaceRole): Promise<MemberChange>;
  removeMember(workspaceId: string, userId: string): Promise<MemberChange>;
  /** An admin answers for the whole workspace and cannot be limited. */
  setMemberLimited(workspaceId: string, userId: string, limited: boolean): Promise<"done" | "not_found" | "is_admin">;
  listTeams(workspaceId: string): Promise<readonly TeamRow[]>;
  /** A null id makes a new team. Owner names are kept in lower case. */
  saveTeam(workspaceId: string, id: string | null, team: Omit<TeamRow, "id">): Promise<TeamChange>;
  /** False when there is no such team. */
  removeTeam(workspaceId: string, id: string): Promise<boolean>;
  createSignInLink(link: NewSignInLink): Promise<void>;
  /** What an unused link would give, without using it; null when unknown, used or expired. */
  peekSignInLink(tokenHash: string, now: string): Promise<RedeemedLink | null>;
  /** Atomically marks the link used; null when unknown, used or expired. */
  redeemSignInLink(tokenHash: string, now: string): Promise<RedeemedLink | null>;
  listApiKeys(workspaceId: string): Promise<readonly ApiKeyRow[]>;
  /** Refuses (`not_found`) a service user that is none of this workspace's, or disabled. */
  createApiKey(workspaceId: string, key: NewApiKey): Promise<ApiKeyRow>;
  /**
   * Makes a key that may do what the old one may, and ends the old one at `overlapUntil` (or earlier, as it was going to). Null when
   * there is no such key in this workspace or it has ended.
   */
  rotateApiKey(
    workspaceId: string,
    id: string,
    next: Pick<NewApiKey, "keyId" | "secretHash" | "expiresAt" | "createdBy"> & { readonly overlapUntil: string; readonly now: string },
  ): Promise<ApiKeyRow | null>;
  /** False when there is no such key in this workspace. */
  revokeApiKey(workspaceId: string, id: string, at: string): Promise<boolean>;
  /** Asks about the hash before it reads more; with null when there is no such key. Revoked also when the service user it belongs to is disabled. */
  findApiKey(keyId: string, isSecretOf: (hash: string | null) => boolean): Promise<StoredApiKey | null>;
  /** Writes at most every five minutes per key. */
  touchApiKey(workspaceId: string, id: string, at: string): Promise<void>;
  /** Null = the key was free and is now reserved for this request; otherwise what is known of the earlier one. Kept 72 h. */
  beginIdempotent(workspaceId: string, key: string, requestHash: string): Promise<IdempotentAnswer | null>;
  /** Says that the request is still being answered; a reservation not renewed for 20 s is free again. */
  renewIdempotent(workspaceId: string, key: string): Promise<void>;
  finishIdempotent(workspaceId: string, key: string, response: NonNullable<IdempotentAnswer["response"]>): Promise<void>;
  /** Frees a reservation whose request failed, so that a retry is a first attempt. */
  abandonIdempotent(workspaceId: string, key: string): Promise<void>;
}
