import type { Access } from "@/api/views.ts";
import { countOfKind } from "../../ui/count-words.ts";
import { plural } from "../../ui/format.ts";

type KindCount = Access["kinds"]["reaches"][number];

const NAMED = 5;

/** "20 secrets, 8 tables, the account itself", the most frequent first. */
export function kindSentence(kinds: readonly KindCount[]): string {
  const named = kinds.slice(0, NAMED).map(({ subkind, count }) => countOfKind(subkind, count));
  const rest = kinds.slice(NAMED).reduce((sum, kind) => sum + kind.count, 0);
  return rest === 0 ? named.join(", ") : `${named.join(", ")} and ${plural(rest, "other")}`;
}
