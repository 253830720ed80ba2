import { auditSigner, secretMark, type BoxPublicKey } from "@rollcall/platform";
import type { HeldSecret } from "@rollcall/posture-pipeline";

/** What this process holds beyond what the API holds too. */
export function heldSecrets(
  env: {
    readonly ROLLCALL_SECRET: string;
    readonly REDIS_URL?: string | undefined;
    readonly CONNECTOR_KEY_SOURCE?: string;
    readonly VAULT_TOKEN?: string | undefined;
    readonly VAULT_TOKEN_FILE?: string | undefined;
  },
  connectorKey: BoxPublicKey | null = null,
): readonly HeldSecret[] {
  const redisPassword = env.REDIS_URL === undefined ? "" : new URL(env.REDIS_URL).password;
  const mark = (id: string, value: string): string => secretMark(env.ROLLCALL_SECRET, id, value);
  return [
    {
      id: "audit-checkpoint-key",
      kind: "signing_key",
      name: "Key of audit checkpoints, derived from the root key",
      purpose: "Signs the end of each workspace's audit log (Ed25519)",
      storage: null,
      fingerprint: mark("audit-checkpoint-key", auditSigner(env.ROLLCALL_SECRET).publicKey),
    },
    ...(connectorKey === null
      ? []
      : [
          {
            id: "connector-key",
            kind: "signing_key",
            name: "Key of the credentials of sources",
            purpose: "Opens the credentials with which Rollcall reads exports by itself (X25519)",
            storage: env.CONNECTOR_KEY_SOURCE === "env" ? "env_var" : "filesystem",
            fingerprint: mark("connector-key", connectorKey.publicKey),
          } as const,
        ]),
    // The one in a file is its agent's, who replaces it all the time.
    ...(env.CONNECTOR_KEY_SOURCE !== "vault" || env.VAULT_TOKEN === undefined || env.VAULT_TOKEN_FILE !== undefined
      ? []
      : [
          {
            id: "vault-token",
            kind: "token",
            name: "Token of Vault",
            purpose: "Has the keys of the credentials of sources opened",
            storage: "env_var",
            fingerprint: mark("vault-token", env.VAULT_TOKEN),
          } as const,
        ]),
    ...(redisPassword === ""
      ? []
      : [
          {
            id: "redis-password",
            kind: "password",
            name: "Password of Redis",
            purpose: "Opens the queue",
            storage: "env_var",
            fingerprint: mark("redis-password", redisPassword),
          } as const,
        ]),
  ];
}
