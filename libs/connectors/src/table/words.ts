import { credentialKind, credentialStatus, criticality, environment, identityKind, identityStatus } from "@rollcall/nhi-model";
import type { CredentialKind, IdentityKind } from "@rollcall/nhi-model";

/** How people write what the model calls otherwise. Keys as `wordOf` leaves them. */
const identityKinds: Readonly<Record<string, IdentityKind>> = {
  service: "service_account",
  svc: "service_account",
  svc_account: "service_account",
  serviceaccount: "service_account",
  technical_user: "service_account",
  technical_account: "service_account",
  system_account: "service_account",
  iam_role: "role",
  managed_identity: "workload",
  application: "oauth_client",
  app: "oauth_client",
  oauth_app: "oauth_client",
  service_principal: "oauth_client",
  robot: "bot",
  rpa: "bot",
  ci: "ci_pipeline",
  cicd: "ci_pipeline",
  pipeline: "ci_pipeline",
  api: "api_client",
  integration: "api_client",
  db_user: "database_user",
  database: "database_user",
  db: "database_user",
  machine: "device",
  iot: "device",
  agent: "ai_agent",
  llm_agent: "ai_agent",
  mcp: "mcp_server",
};
const credentialKinds: Readonly<Record<string, CredentialKind>> = {
  key: "api_key",
  apikey: "api_key",
  accesskey: "access_key",
  aws_key: "access_key",
  pwd: "password",
  secret: "client_secret",
  clientsecret: "client_secret",
  bearer: "token",
  access_token: "token",
  personal_access_token: "pat",
  ssh: "ssh_key",
  sshkey: "ssh_key",
  certificate: "x509_certificate",
  cert: "x509_certificate",
  tls: "x509_certificate",
  oidc: "federated_trust",
  federated: "federated_trust",
};
const environments: Readonly<Record<string, string>> = {
  production: "prod",
  prd: "prod",
  live: "prod",
  stage: "staging",
  uat: "staging",
  preprod: "staging",
  qa: "test",
  testing: "test",
  development: "dev",
};
const yes = { enabled: "active", true: "active", yes: "active", on: "active", live: "active" } as const;
const identityStatuses: Readonly<Record<string, string>> = {
  ...yes,
  inactive: "disabled",
  false: "disabled",
  no: "disabled",
  off: "disabled",
  locked: "suspended",
  removed: "deleted",
};
const credentialStatuses: Readonly<Record<string, string>> = {
  ...yes,
  disabled: "inactive",
  false: "inactive",
  no: "inactive",
  off: "inactive",
  deleted: "revoked",
};

export const wordOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");

const reader =
  <T extends string>(known: readonly T[], others: Readonly<Record<string, string>>) =>
  (text: string): T | undefined => {
    const word = wordOf(text);
    if ((known as readonly string[]).includes(word)) return word as T;
    return Object.hasOwn(others, word) ? (others[word] as T) : undefined;
  };

export const identityKindOf = reader(identityKind.options, identityKinds);
export const credentialKindOf = reader(credentialKind.options, credentialKinds);
export const environmentOf = reader(environment.options, environments);
export const criticalityOf = reader(criticality.options, {});
export const identityStatusOf = reader(identityStatus.options, identityStatuses);
export const credentialStatusOf = reader(credentialStatus.options, credentialStatuses);
