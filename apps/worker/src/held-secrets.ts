import { auditSigner, secretMark, type BoxPublicKey } from "@rollcall/platform";
import type { HeldSecret } from "@rollcall/posture-pipeline";

export interface SecretsEnv {
  readonly ROLLCALL_SECRET: string;
  readonly REDIS_URL?: string | undefined;
  readonly CONNECTOR_KEY_SOURCE?: string;
  readonly VAULT_TOKEN?: string | undefined;
  readonly VAULT_TOKEN_FILE?: string | undefined;
  readonly AWS_SECRET_ACCESS_KEY?: string | undefined;
}

/** A secret with what tells that it was replaced; null = this process does not hold it. */
type Held = Omit<HeldSecret, "fingerprint"> & { readonly value: string | null };

/** What this process holds beyond what the API holds too. */
export function heldSecrets(env: SecretsEnv, connectorKey: BoxPublicKey | null = null): readonly HeldSecret[] {
  const all: readonly Held[] = [
    {
      id: "audit-checkpoint-key",
      kind: "signing_key",
      name: "Key of audit checkpoints, derived from the root key",
      purpose: "Signs the end of each workspace's audit log (Ed25519)",
      storage: null,
      value: auditSigner(env.ROLLCALL_SECRET).publicKey,
    },
    {
      id: "connector-key",
      kind: "signing_key",
      name: "Key of the credentials of sources",
      purpose: "Opens the credentials with which Rollcall reads exports by itself (X25519)",
      storage: env.CONNECTOR_KEY_SOURCE === "env" ? "env_var" : "filesystem",
      value: connectorKey?.publicKey ?? null,
    },
    ...ofKeyService(env),
    {
      id: "redis-password",
      kind: "password",
      name: "Password of Redis",
      purpose: "Opens the queue",
      storage: "env_var",
      value: env.REDIS_URL === undefined ? null : new URL(env.REDIS_URL).password || null,
    },
  ];
  return all.flatMap(({ value, ...secret }) =>
    value === null ? [] : [{ ...secret, fingerprint: secretMark(env.ROLLCALL_SECRET, secret.id, value) }],
  );
}

/** What is handed over in a file, by a role or by a profile is its keeper's, who replaces it all the time. */
const ofKeyService = (env: SecretsEnv): readonly Held[] => [
  {
    id: "vault-token",
    kind: "token",
    name: "Token of Vault",
    purpose: "Has the keys of the credentials of sources opened",
    storage: "env_var",
    value: env.CONNECTOR_KEY_SOURCE === "vault" && env.VAULT_TOKEN_FILE === undefined ? (env.VAULT_TOKEN ?? null) : null,
  },
  {
    id: "aws-access-key",
    kind: "access_key",
    name: "Access key of AWS",
    purpose: "Has the keys of the credentials of sources opened by AWS KMS",
    storage: "env_var",
    value: env.CONNECTOR_KEY_SOURCE === "aws-kms" ? (env.AWS_SECRET_ACCESS_KEY ?? null) : null,
  },
];
