import type { Fact, FactMap, FactValue, StatedFacts } from "@rollcall/nhi-model";
import { isKnown, isUnknownStatement } from "@rollcall/nhi-model";

export interface StatedFactsOf {
  readonly dataset: string;
  readonly observedAt: string;
  readonly facts: StatedFacts;
}

/** Times where two honest sources differ because each sees a part: the latest use and the earliest creation are the truth. */
const LATEST_WINS = /(^|\.)(lastUsedAt|lastRotatedAt)$/;
const EARLIEST_WINS = /(^|\.)(createdAt|firstSeenAt)$/;

const canonical = (value: FactValue): string => JSON.stringify(value);

type Statement = Fact<FactValue> & { readonly observedAt: string };

function preferred(path: string, current: Statement | undefined, next: Statement): Statement {
  if (current === undefined) return next;
  if (!isKnown(next)) return isKnown(current) || current.observedAt >= next.observedAt ? current : next;
  // Statements come newest first: an older answer does not settle a newer disagreement.
  if (!isKnown(current)) return current.unknown === "conflicting" ? current : next;
  if (canonical(current.known) === canonical(next.known)) return current.observedAt >= next.observedAt ? current : next;
  if (LATEST_WINS.test(path)) return String(current.known) >= String(next.known) ? current : next;
  if (EARLIEST_WINS.test(path)) return String(current.known) <= String(next.known) ? current : next;
  if (current.observedAt !== next.observedAt) return current.observedAt > next.observedAt ? current : next;
  return { unknown: "conflicting", source: `${current.source}, ${next.source}`, observedAt: current.observedAt };
}

/**
 * Merges what several datasets state about one thing. The result does not depend on the order of the statements:
 * known beats unknown, newer beats older, and two different answers of the same instant are a conflict, not a coin toss.
 */
export function mergeFacts(statements: readonly StatedFactsOf[]): FactMap {
  const ordered = [...statements].sort((a, b) => b.observedAt.localeCompare(a.observedAt) || a.dataset.localeCompare(b.dataset));
  const merged: Record<string, Statement> = {};
  for (const { dataset, observedAt, facts } of ordered) {
    for (const [path, stated] of Object.entries(facts)) {
      const next: Statement = isUnknownStatement(stated)
        ? { unknown: stated.unknown, source: dataset, observedAt }
        : { known: stated as FactValue, source: dataset, observedAt };
      merged[path] = preferred(path, merged[path], next);
    }
  }
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
}
