import { createHmac } from "node:crypto";
import { deriveKey } from "./derive-key.ts";

/** Tells whether a secret of the instance changed, and nothing else: a keyed hash, cut short. */
export function secretMark(rootKey: string, id: string, value: string): string {
  return createHmac("sha256", deriveKey(rootKey, "rollcall", "secret-mark/v1"))
    .update(id)
    .update("\0")
    .update(value)
    .digest("hex")
    .slice(0, 32);
}
