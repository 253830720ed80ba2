import type { WorkspaceRole } from "@rollcall/nhi-model";
import type { WorkspaceMembership } from "@rollcall/posture-pipeline";
import type { Services } from "./services.ts";

export interface Viewer {
  /** Null for an API key, which belongs to the workspace rather than to a person. */
  readonly userId: string | null;
  readonly name: string;
  readonly email: string | null;
  /** Whether a second factor stands before this person's password; absent for a key. */
  readonly secondFactor?: boolean;
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
