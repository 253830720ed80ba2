import { holdsKnownSecret } from "../input/redact-text.ts";
import type { McpInput } from "./read-config.ts";

export interface SecretInput {
  readonly kind: McpInput["kind"];
  readonly name: string;
  /** `file` = the value stands in the configuration; `reference` = it comes from elsewhere when the server starts. */
  readonly kept: "file" | "reference";
  /** Only to be fingerprinted; null for a reference. */
  readonly value: string | null;
}

const secretWord =
  /(?:^|[_-])(?:token|secret|password|passwd|pwd|pass|pat|apikey|credentials?|authorization|dsn)(?:$|[_-])|(?:api|access|private|secret|auth|account|service)[_-]?key|^key$|connection[_-]?string|bearer|(?:database|postgres|mongodb|redis)[_-]?(?:url|uri)/i;
/** Names that speak of secrets without being one. */
const harmless = /(?:_|-)(?:id|file|path|url|name|ttl|expiry|expires|region|type|limit|max|min)$|max[_-]?tokens?/i;
const placeholder = /^\s*(?:<[^>]*>|\[[^\]]*\]|x{3,}|\*{3,}|\.{3,}|your[\s_-].*|.*[_-]here|changeme|replace[\s_-]?me|example|todo)\s*$/i;
const reference =
  /^\s*(?:Bearer\s+|Basic\s+|token\s+)?(?:\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{[^}]*\}\}|%[A-Z_][A-Z0-9_]*%|op:\/\/.*|vault:.*)\s*$/i;

/** Null when the input is no secret by its name or form, or only a placeholder of a template. */
export function secretInput({ kind, name, value }: McpInput): SecretInput | null {
  const bySetting = secretWord.test(name) && (!harmless.test(name) || /(?:database|postgres|mongodb|redis)[_-]?(?:url|uri)/i.test(name));
  if (!bySetting && !holdsKnownSecret(value)) return null;
  if (value.trim() === "" || placeholder.test(value)) return null;
  if (reference.test(value)) return { kind, name, kept: "reference", value: null };
  return { kind, name, kept: "file", value: bareSecret(value.trim()) };
}

/** The part that is the same wherever the secret is used: without the word before it, or out of an address. */
function bareSecret(value: string): string {
  const password = URL.canParse(value) ? new URL(value).password : "";
  return password === "" ? value.replace(/^(?:Bearer|Basic|token)\s+/i, "") : password;
}
