import { auditSigner, secretMark, type BoxPublicKey } from "@rollcall/platform";
import type { HeldSecret } from "@rollcall/posture-pipeline";

/** What this process holds beyond what the API holds too. */
export function heldSecrets(
  env: { readonly ROLLCALL_SECRET: string; readonly REDIS_URL?: string | undefined },
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
            storage: "filesystem",
            fingerprint: mark("connector-key", connectorKey.publicKey),
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
