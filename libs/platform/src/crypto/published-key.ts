import { createHmac, timingSafeEqual } from "node:crypto";
import type { BoxPublicKey } from "./credential-box.ts";
import { deriveKey } from "./derive-key.ts";

/** A public key as the worker leaves it for the API in the database. */
export interface PublishedKey extends BoxPublicKey {
  /** Under a key derived from the root key: whoever can only write to the database cannot put a key of their own here. */
  readonly mac: string;
}

const macOf = (rootKey: string, { keyId, publicKey }: BoxPublicKey): Buffer =>
  createHmac("sha256", deriveKey(rootKey, "rollcall", "connector-key/v1"))
    .update(`${keyId}\0${publicKey}`)
    .digest();

export const publishedKey = (rootKey: string, { keyId, publicKey }: BoxPublicKey): PublishedKey => ({
  keyId,
  publicKey,
  mac: macOf(rootKey, { keyId, publicKey }).toString("base64url"),
});

export function isGenuineKey(rootKey: string, key: PublishedKey): boolean {
  const [expected, given] = [macOf(rootKey, key), Buffer.from(key.mac, "base64url")];
  return given.length === expected.length && timingSafeEqual(expected, given);
}
