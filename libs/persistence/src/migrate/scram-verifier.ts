import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** PostgreSQL's own default. Our passwords have 256 bits: more rounds would protect nothing. */
const iterations = 4096;

/**
 * What PostgreSQL stores for a password and takes in its place (RFC 5802, as `pg_authid.rolpassword` writes it). The password is ASCII: no
 * preparation of strings is needed.
 */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyOf = (name: string): Buffer => createHmac("sha256", salted).update(name).digest();
  const storedKey = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${keyOf("Server Key").toString("base64")}`;
}
