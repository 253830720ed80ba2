import { randomBytes } from "node:crypto";

/** URL-safe, 256 bit unless asked otherwise. */
export function randomToken(byteCount = 32): string {
  return randomBytes(byteCount).toString("base64url");
}
