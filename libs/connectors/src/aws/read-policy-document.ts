import { asObject } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { parseJson } from "../input/parse-json.ts";

const maxDepth = 32;

/** A policy document as the API gives it (URL-encoded JSON), as the CLI gives it (an object), or as plain JSON text. Null = unreadable. */
export function readPolicyDocument(raw: unknown): Json | null {
  const document = typeof raw === "string" ? fromText(raw) : asObject(raw);
  return document !== undefined && "Statement" in document ? document : null;
}

/** What a policy's row says of its document. */
export const documentFacts = (document: Json | null): Record<string, unknown> =>
  document === null ? { documentMissing: true } : { document, documentSource: "export" };

function fromText(raw: string): Json | undefined {
  const parsed = parseJson(raw.trimStart().startsWith("{") ? raw : decode(raw), maxDepth);
  return parsed.ok ? asObject(parsed.value) : undefined;
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll("+", "%20"));
  } catch {
    return "";
  }
}
