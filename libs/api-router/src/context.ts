import type { WorkspaceRole } from "@rollcall/nhi-model";
import type { WorkspaceMembership } from "@rollcall/posture-pipeline";
import type { Services } from "./services.ts";

/** What a person came with. */
export interface ViewerSession {
  readonly id: string;
  readonly signedInAt: Date;
  readonly hasPassword: () => Promise<boolean>;
  /** Whether this is the person's password. Guesses are slowed down as they are at the door: throws `rate_limited`. */
  readonly isPassword: (password: string) => Promise<boolean>;
}

export interface Viewer {
  /** Null for an API key, which belongs to the workspace rather than to a person. */
  readonly userId: string | null;
  readonly name: string;
  readonly email: string | null;
  /** Whether a second factor stands before this person's password; absent for a key. */
  readonly secondFactor?: boolean;
  /** Absent for a key. */
  readonly session?: ViewerSession;
  /** Set for an API key: which one. */
  readonly apiKeyId?: string;
  /** What a key may import; absent or empty = everything. */
  readonly importSources?: readonly string[];
  /** Owner names of the teams this person belongs to here, lower case. */
  readonly answersFor?: readonly string[];
  /** Set for a member limited to their teams: the owner names at which everything they see ends. */
  readonly limitedTo?: readonly string[];
}

/** Who is asking, for which workspace, with what. Viewer, workspace and role are null for strangers. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly workspace: { readonly id: string; readonly name: string } | null;
  readonly role: WorkspaceRole | null;
  readonly memberships: readonly WorkspaceMembership[];
  readonly requestId: string;
  readonly services: Services;
}
