import { z } from "zod";

/** Closed vocabularies of the model. Every list is defined once, here; UI labels derive from them. */
export const identityKind = z.enum([
  "service_account",
  "role",
  "workload",
  "oauth_client",
  "bot",
  "ci_pipeline",
  "api_client",
  "database_user",
  "device",
  "ai_agent",
  "mcp_server",
  "platform",
]);
export type IdentityKind = z.infer<typeof identityKind>;

export const credentialKind = z.enum([
  "api_key",
  "access_key",
  "password",
  "client_secret",
  "token",
  "pat",
  "ssh_key",
  "x509_certificate",
  "signing_key",
  "federated_trust",
  "session",
]);
export type CredentialKind = z.infer<typeof credentialKind>;

/** Everything an identity can reach or that carries permissions, without being an identity itself. */
export const resourceKind = z.enum([
  "account",
  "group",
  "policy",
  "permission_set",
  "cluster",
  "namespace",
  "secret",
  "data_store",
  "encryption_key",
  "compute",
  "function",
  "workload",
  "queue",
  "repository",
  "workflow",
  "vault",
  "api",
  "tool",
  "saas_object",
  "node",
  "other",
]);
export type ResourceKind = z.infer<typeof resourceKind>;

export const environment = z.enum(["prod", "staging", "test", "dev", "sandbox", "shared"]);
export type Environment = z.infer<typeof environment>;

export const criticality = z.enum(["low", "medium", "high", "critical"]);
export type Criticality = z.infer<typeof criticality>;

/** State at the source. */
export const identityStatus = z.enum(["active", "disabled", "suspended", "deleted"]);
export type IdentityStatus = z.infer<typeof identityStatus>;

export const credentialStatus = z.enum(["active", "inactive", "revoked", "expired"]);
export type CredentialStatus = z.infer<typeof credentialStatus>;

/** Rollcall's own lifecycle; missing and gone are set only by complete listings (see posture-pipeline). */
export const lifecycleState = z.enum(["discovered", "registered", "active", "dormant", "disabled", "decommissioned", "missing", "gone"]);
export type LifecycleState = z.infer<typeof lifecycleState>;

export const severity = z.enum(["critical", "high", "medium", "low", "info"]);
export type Severity = z.infer<typeof severity>;

export const accessLevel = z.enum(["read", "write", "admin"]);
export type AccessLevel = z.infer<typeof accessLevel>;

/** How a scope of a sync ended. Only `complete` may say that something is absent. */
export const datasetOutcome = z.enum(["complete", "partial", "denied", "failed"]);
export type DatasetOutcome = z.infer<typeof datasetOutcome>;

export const workspaceRole = z.enum(["admin", "analyst", "owner", "auditor"]);
export type WorkspaceRole = z.infer<typeof workspaceRole>;

/** What one owner is asked to do. One task = one subject x one playbook. */
export const playbook = z.enum([
  "rotate",
  "revoke",
  "narrow",
  "assign_owner",
  "retire",
  "register",
  "federate",
  "move_secret",
  "review",
  "restrict_trust",
  "restrict_sign_in",
  "separate",
  "renew_certificate",
  "govern_agent",
  "document",
  "investigate",
  "fix_source",
]);
export type Playbook = z.infer<typeof playbook>;
