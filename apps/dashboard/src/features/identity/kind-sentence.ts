import type { Access } from "@/api/views.ts";
import { formatCount, plural } from "../../ui/format.ts";
import { word } from "../../ui/words.ts";

type KindCount = Access["kinds"]["reaches"][number];

const NAMED = 5;
/** Plurals that an "s" does not make. */
const MANY: Readonly<Record<string, string>> = {
  policy: "policies",
  identity: "identities",
  registry: "registries",
  repository: "repositories",
};

function counted({ subkind, count }: KindCount): string {
  if (subkind === "external") return plural(count, "party outside", "parties outside");
  if (subkind === "account") return count === 1 ? "the account itself" : `${formatCount(count)} whole accounts`;
  const one = word(subkind);
  // Abbreviations keep their capitals: "2 CI pipelines", but "2 roles".
  const inside = /^[A-Z]{2}/.test(one) ? one : one.charAt(0).toLowerCase() + one.slice(1);
  return plural(count, inside, MANY[subkind] ?? `${inside}s`);
}

/** "20 secrets, 8 tables, the account itself", the most frequent first. */
export function kindSentence(kinds: readonly KindCount[]): string {
  const named = kinds.slice(0, NAMED).map(counted);
  const rest = kinds.slice(NAMED).reduce((sum, kind) => sum + kind.count, 0);
  return rest === 0 ? named.join(", ") : `${named.join(", ")} and ${plural(rest, "other")}`;
}
