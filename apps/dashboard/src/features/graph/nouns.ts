import type { GraphNode, PictureUnit } from "@/api/views.ts";
import { formatCount } from "@/ui/format.ts";
import { word } from "@/ui/words.ts";

const KINDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  identity: ["identity", "identities"],
  resource: ["resource", "resources"],
  credential: ["credential", "credentials"],
  external: ["outsider", "outsiders"],
};

/** Words that do not take a plain s, or that a person would not use. */
const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  scope: ["range", "ranges"],
  external: ["outsider", "outsiders"],
  identity: ["identity", "identities"],
  repository: ["repository", "repositories"],
  compute: ["machine", "machines"],
  api: ["API", "APIs"],
  other: ["other resource", "other resources"],
  signing_key: ["signing key", "signing keys"],
  saas_object: ["SaaS object", "SaaS objects"],
  encryption_key: ["encryption key", "encryption keys"],
};

/** Lower case unless the word is an abbreviation: "data store", "API key". */
const lower = (text: string): string => text.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());

export function noun(kind: string, subkind: string | null, count = 1): string {
  const [one, many] = (subkind === null ? KINDS[kind] : NOUNS[subkind]) ?? plain(subkind ?? kind);
  return count === 1 ? one : many;
}

function plain(subkind: string): readonly [string, string] {
  const one = lower(word(subkind));
  return [one, /(?:s|x|ch)$/.test(one) ? `${one}es` : /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`];
}

export const nodeNoun = (node: Pick<GraphNode, "kind" | "subkind">): string => noun(node.kind, node.subkind);

/** What a mark says in its first line: the name of one, or how many of what. */
export function unitTitle(unit: PictureUnit): string {
  if (unit.node !== null) return unit.node.label;
  return `${formatCount(unit.count)} ${unit.rest ? "more " : ""}${noun(unit.kind, unit.subkind, unit.count)}`;
}

const LEVELS = { read: "can read", write: "can change", admin: "full control" } as const;

/** Its second line: what kind, where, and what may be done with it. */
export function unitNote(unit: PictureUnit): string {
  const kind = unit.node === null ? null : noun(unit.kind, unit.subkind);
  if (unit.subkind === "scope" && unit.node === null) return "covered by one permission";
  const where = unit.environment === null ? (unit.node === null ? null : unit.node.account) : lower(word(unit.environment));
  const level = unit.level === null ? null : LEVELS[unit.level];
  const parts = [kind, where, level].filter((part) => part !== null);
  return parts.length === 0 ? "in several places" : parts.join(", ");
}
