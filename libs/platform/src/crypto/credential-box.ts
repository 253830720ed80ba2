import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { AppError } from "../app-error.ts";

/** What seals: public, so that who takes a credential in cannot take it out again. */
export interface BoxPublicKey {
  /** Digest of the public key. */
  readonly keyId: string;
  /** X25519, base64url of 32 bytes. */
  readonly publicKey: string;
}

/** What opens. Loaded by the worker only. */
export interface BoxPrivateKey extends BoxPublicKey {
  readonly privateKey: KeyObject;
}

const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const pointBytes = 32;
const keyIdBytes = 6;
const wrappedBytes = 32 + tagBytes;
const headBytes = 1 + keyIdBytes + pointBytes + ivBytes + wrappedBytes + ivBytes;
/** DER of an X25519 key up to its 32 bytes (RFC 8410): PKCS #8 for the private half, SPKI for the public one. */
const pkcs8Prefix = Buffer.from("302e020100300506032b656e04220420", "hex");
const spkiPrefix = Buffer.from("302a300506032b656e032100", "hex");

const keyIdOf = (publicKey: string): string =>
  createHash("sha256")
    .update(Buffer.from(publicKey, "base64url"))
    .digest("hex")
    .slice(0, keyIdBytes * 2);

const publicKeyOf = (point: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiPrefix, point]), format: "der", type: "spki" });

export const newBoxSeed = (): string => randomBytes(32).toString("hex");

/** The key pair of a seed: 32 bytes as 64 hex digits. */
export function boxKeyOf(seed: string): BoxPrivateKey {
  if (!/^[0-9a-f]{64}$/i.test(seed)) throw new AppError("invalid_input", "A connector key must be 64 hex digits (32 bytes)");
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, Buffer.from(seed, "hex")]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey).export({ format: "jwk" }).x as string;
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}

/**
 * `version | key id | ephemeral public key | IV | wrapped DEK | IV | ciphertext`. One random DEK per credential (AES-256-GCM); it is wrapped under a
 * key agreed between a throw-away key pair and the public key (X25519, HKDF-SHA256). `context` is bound to both layers: a row moved elsewhere does
 * not open there.
 */
export function sealCredential(key: BoxPublicKey, context: string, plaintext: string): Uint8Array {
  const dek = randomBytes(32);
  const iv = randomBytes(ivBytes);
  return Buffer.concat([wrapDek(key, context, dek), iv, encrypt(dek, iv, { context, plaintext: Buffer.from(plaintext) })]);
}

/** Throws `precondition_failed` when the key is not there, the context is another one, or a single bit was changed. */
export function openCredential(keys: readonly BoxPrivateKey[], context: string, sealed: Uint8Array): string {
  const { dek, iv, ciphertext } = unwrap(keys, context, sealed);
  return decrypt(dek, iv, { context, ciphertext }).toString();
}

/** The same credential under another key; its own ciphertext stays as it is. */
export function rewrapCredential(
  keys: readonly BoxPrivateKey[],
  to: BoxPublicKey,
  credential: { readonly context: string; readonly sealed: Uint8Array },
): Uint8Array {
  const { context, sealed } = credential;
  const { dek, iv, ciphertext } = unwrap(keys, context, sealed);
  // What does not open is not carried on.
  decrypt(dek, iv, { context, ciphertext });
  return Buffer.concat([wrapDek(to, context, dek), iv, ciphertext]);
}

function wrapDek(key: BoxPublicKey, context: string, dek: Uint8Array): Buffer {
  if (keyIdOf(key.publicKey) !== key.keyId) throw new AppError("internal", "The connector key is damaged");
  const recipient = Buffer.from(key.publicKey, "base64url");
  const throwAway = generateKeyPairSync("x25519");
  const point = Buffer.from(throwAway.publicKey.export({ format: "jwk" }).x as string, "base64url");
  const shared = diffieHellman({ privateKey: throwAway.privateKey, publicKey: publicKeyOf(recipient) });
  const iv = randomBytes(ivBytes);
  const wrapped = encrypt(wrapKeyOf(shared, point, recipient), iv, { context, plaintext: dek });
  return Buffer.concat([Buffer.from([version]), Buffer.from(key.keyId, "hex"), point, iv, wrapped]);
}

const wrapKeyOf = (shared: Uint8Array, point: Uint8Array, recipient: Uint8Array): Buffer =>
  Buffer.from(hkdfSync("sha256", shared, Buffer.concat([point, recipient]), "rollcall/credential-dek/v1", 32));

function unwrap(
  keys: readonly BoxPrivateKey[],
  context: string,
  sealed: Uint8Array,
): { readonly dek: Buffer; readonly iv: Buffer; readonly ciphertext: Buffer } {
  const bytes = Buffer.from(sealed);
  if (bytes.length < headBytes + tagBytes || bytes[0] !== version) throw unopened("has a form that is not known");
  const keyId = bytes.subarray(1, 1 + keyIdBytes).toString("hex");
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw unopened(`needs the connector key ${keyId}, which is not here`);
  let at = 1 + keyIdBytes;
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  const [point, wrapIv, wrapped, iv] = [take(pointBytes), take(ivBytes), take(wrappedBytes), take(ivBytes)];
  const shared = diffieHellman({ privateKey: key.privateKey, publicKey: publicKeyOf(point) });
  const dek = decrypt(wrapKeyOf(shared, point, Buffer.from(key.publicKey, "base64url")), wrapIv, { context, ciphertext: wrapped });
  return { dek, iv, ciphertext: bytes.subarray(at) };
}

function encrypt(
  key: Uint8Array,
  iv: Uint8Array,
  { context, plaintext }: { readonly context: string; readonly plaintext: Uint8Array },
): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(
  key: Uint8Array,
  iv: Uint8Array,
  { context, ciphertext }: { readonly context: string; readonly ciphertext: Uint8Array },
): Buffer {
  const body = ciphertext.subarray(0, ciphertext.length - tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
  decipher.setAuthTag(ciphertext.subarray(ciphertext.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (error) {
    throw unopened("was changed, or belongs elsewhere", error);
  }
}

const unopened = (why: string, cause?: unknown): AppError =>
  new AppError("precondition_failed", `The stored credential ${why}. Set it again, or restore the connector key from your backup`, {
    cause,
  });
