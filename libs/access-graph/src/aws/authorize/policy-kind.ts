/** What a document is used as; it decides which elements it may and must have. */
export type PolicyKind = "identity" | "boundary" | "session" | "scp" | "rcp" | "resource" | "trust";

/** Kinds whose statements say whom they are for. */
export const namesPrincipals = (kind: PolicyKind): boolean => kind === "resource" || kind === "trust" || kind === "rcp";
