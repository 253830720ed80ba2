import { createHmac, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { randomBase62, toBase62 } from "./base62.ts";

const secretLength = 30;
const checksumLength = 6;

/** For secret scanners: matches every key we mint and, with the checksum, nothing else. */
export const apiKeyPattern = /^rcl_([a-z]{2,12})_([0-9A-Za-z]{12})_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

export interface ApiKey {
  /** The whole key; shown once, never stored. */
  readonly key: string;
  readonly type: string;
  /** Public part, the lookup column. */
  readonly keyId: string;
  /** 178 bit; store only `hashSecret` of it. */
  readonly secret: string;
}

/** `type` is a short lower-case word such as `api` or `cli`. */
export function mintApiKey(type: string): ApiKey {
  if (!/^[a-z]{2,12}$/.test(type)) throw new TypeError("an API key type is 2 to 12 lower-case letters");
  const keyId = randomBase62(12);
  const secret = randomBase62(secretLength);
  const body = `rcl_${type}_${keyId}_${secret}`;
  return { key: `${body}${checksumOf(body)}`, type, keyId, secret };
}

/** Null for anything that cannot be a key of ours, without asking the database. */
export function parseApiKey(key: string): Omit<ApiKey, "key"> | null {
  const match = apiKeyPattern.exec(key);
  if (match === null) return null;
  const [, type, keyId, secret, checksum] = match;
  if (checksum !== checksumOf(key.slice(0, -checksumLength))) return null;
  return { type: type!, keyId: keyId!, secret: secret! };
}

/** A fast keyed hash is right here: the secret is random and long, and a slow one would be a way to exhaust the server. */
export function hashSecret(pepper: string | Uint8Array, secret: string): string {
  return createHmac("sha256", pepper).update(secret).digest("hex");
}

export function secretMatches(pepper: string | Uint8Array, secret: string, storedHash: string): boolean {
  const actual = Buffer.from(hashSecret(pepper, secret), "hex");
  const stored = Buffer.from(storedHash, "hex");
  return stored.length === actual.length && timingSafeEqual(actual, stored);
}

function checksumOf(body: string): string {
  return toBase62(crc32(body) >>> 0, checksumLength);
}
