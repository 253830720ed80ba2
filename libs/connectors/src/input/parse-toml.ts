import { parse, TomlError } from "smol-toml";
import { importLimits } from "./limits.ts";

export type TomlResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly line: number | null };

/** A TOML document out of untrusted text. Never throws, and never quotes the text, which may be a secret: only the line is passed on. */
export function parseToml(text: string): TomlResult {
  try {
    const value = parse(text.replace(/^\uFEFF/, ""), {
      integersAsBigInt: "asNeeded",
      maxDepth: importLimits.providerJsonDepth,
      unsafeKeyBehaviour: "throw",
    });
    return { ok: true, value };
  } catch (error) {
    return { ok: false, line: error instanceof TomlError ? error.line : null };
  }
}
