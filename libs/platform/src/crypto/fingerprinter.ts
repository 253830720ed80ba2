import { createHmac } from "node:crypto";
import { deriveKey } from "./derive-key.ts";

const version = 1;
const minSecretLength = 16;

export type Fingerprint = (value: string) => string | null;

/**
 * Keyed fingerprint of a secret, `fp1:` and 128 bit hex, equal for equal values inside one workspace and unrelated across workspaces.
 * Null for values short enough to be guessed by someone who learns the key; the caller drops the value in either case.
 */
export function fingerprinter(rootKey: Uint8Array | string, workspaceId: string): Fingerprint {
  const key = deriveKey(rootKey, workspaceId, `fp/v${version}`);
  return (value) => {
    if (value.length < minSecretLength) return null;
    const digest = createHmac("sha256", key).update(value).digest("hex");
    return `fp${version}:${digest.slice(0, 32)}`;
  };
}
