import type { WorkspaceRole } from "@rollcall/nhi-model";

/** Groups of roles a procedure may name. Everything not named is refused. */
export const everyone: readonly WorkspaceRole[] = ["admin", "analyst", "owner", "auditor"];
/** Triage, imports and attestations on anything. */
export const stewards: readonly WorkspaceRole[] = ["admin", "analyst"];
/** Stewards, and owners for what is theirs: the procedure checks the subject as well. */
export const actors: readonly WorkspaceRole[] = ["admin", "analyst", "owner"];
export const admins: readonly WorkspaceRole[] = ["admin"];
/** Who may read the audit log. */
export const logReaders: readonly WorkspaceRole[] = ["admin", "auditor"];
/** Who may see the list of people: for assigning, and for reviewing access. */
export const rosterReaders: readonly WorkspaceRole[] = ["admin", "analyst", "auditor"];
