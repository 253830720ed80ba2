import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { deriveKey } from "./derive-key.ts";

/** Signs checkpoints of the audit log. */
export interface AuditSigner {
  /** Ed25519 public key, base64url of its 32 bytes: what a verifier pins. */
  readonly publicKey: string;
  /** base64url. */
  readonly sign: (text: string) => string;
}

/** DER of a PKCS #8 Ed25519 private key up to its 32-byte seed (RFC 8410). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** The key follows from the root key, so that nothing more has to be kept and a restored instance signs as before. */
export function auditSigner(rootKey: string): AuditSigner {
  const seed = deriveKey(rootKey, "rollcall", "audit-checkpoint/v1");
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  return { publicKey: x as string, sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url") };
}
