import { createHash } from "node:crypto";

/** Says of two values whether they are alike, key order included. */
export const fingerprint = (...parts: readonly unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("base64");
