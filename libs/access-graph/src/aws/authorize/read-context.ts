import { isRecord } from "../../is-record.ts";
import { InvalidQuestion } from "./read-documents.ts";
import type { RequestContext } from "./request-facts.ts";

/** `{key: value or values}`; null and an empty list mean that the key is absent. Null when no context is given. */
export function readContext(value: unknown): RequestContext | null {
  if (value === undefined || value === null) return null;
  if (!isRecord(value)) throw new InvalidQuestion("the context is not an object");
  const context = new Map<string, readonly string[]>();
  for (const [key, given] of Object.entries(value)) {
    const values: readonly unknown[] = given === null || given === undefined ? [] : Array.isArray(given) ? given : [given];
    const wrong = values.find((each) => !["string", "number", "boolean"].includes(typeof each));
    if (wrong !== undefined) throw new InvalidQuestion(`the context key ${key} holds something that is not text, a number or a boolean`);
    const known = context.get(key.toLowerCase()) ?? [];
    context.set(key.toLowerCase(), [...known, ...values.map(String)]);
  }
  return context;
}
