import secureJson from "secure-json-parse";
import { importLimits } from "./limits.ts";

export type JsonResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string; readonly message: string };

/** Parses untrusted JSON: bounded depth, no keys that reach prototypes. Never throws. */
export function parseJson(text: string, maxDepth: number = importLimits.providerJsonDepth): JsonResult {
  if (jsonDepth(text) > maxDepth) return { ok: false, code: "too_deep", message: `nested deeper than ${maxDepth} levels` };
  try {
    return { ok: true, value: secureJson.parse(text.replace(/^\uFEFF/, ""), { protoAction: "error", constructorAction: "error" }) };
  } catch (error) {
    const forbidden = error instanceof Error && error.message.includes("forbidden prototype");
    // The parser's own message quotes the input, which may be a secret: never pass it on.
    return forbidden
      ? { ok: false, code: "forbidden_key", message: "contains a key that could alter other objects (__proto__ or constructor.prototype)" }
      : { ok: false, code: "invalid_json", message: "is not valid JSON; it may be cut off" };
  }
}

/** The texts of objects that stand one after the other, as answers do that were appended to one file. Empty when anything else is between. */
export function objectsInText(text: string): readonly string[] {
  const found: string[] = [];
  let [depth, start, end] = [0, 0, 0];
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34 && depth > 0) inString = true;
    else if (code === 123) {
      if (
        depth === 0 &&
        text
          .slice(end, at)
          .replace(/^\uFEFF/, "")
          .trim() !== ""
      )
        return [];
      if (depth === 0) start = at;
      depth += 1;
    } else if (code === 125 && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, (end = at + 1)));
    }
  }
  return depth === 0 && text.slice(end).trim() === "" ? found : [];
}

/** Deepest nesting outside of strings. Iterative: parsing accepts a depth on which everything later breaks. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, (depth += 1));
    else if (code === 125 || code === 93) depth -= 1;
  }
  return deepest;
}
