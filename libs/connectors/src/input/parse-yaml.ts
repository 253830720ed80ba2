import { parseDocument } from "yaml";
import { importLimits } from "./limits.ts";

export type YamlResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly line: number | null };

/** One YAML document out of untrusted text. Never throws, and never quotes the text, which may be a secret: only the line is passed on. */
export function parseYaml(text: string): YamlResult {
  try {
    const document = parseDocument(text, { logLevel: "silent", prettyErrors: true, uniqueKeys: true });
    const [error] = document.errors;
    if (error !== undefined) return { ok: false, line: error.linePos?.[0].line ?? null };
    return { ok: true, value: document.toJS({ maxAliasCount: importLimits.yamlAliases }) };
  } catch {
    return { ok: false, line: null };
  }
}
