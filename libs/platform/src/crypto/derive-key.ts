import { hkdfSync } from "node:crypto";

/** HKDF-SHA256, 32 bytes. `rootKey` as bytes or as hex; `purpose` carries its own version, e.g. `fp/v1`. */
export function deriveKey(rootKey: Uint8Array | string, scope: string, purpose: string): Buffer {
  const root = typeof rootKey === "string" ? Buffer.from(rootKey, "hex") : rootKey;
  if (root.length < 32) throw new TypeError("the root key needs at least 32 bytes");
  return Buffer.from(hkdfSync("sha256", root, scope, purpose, 32));
}
