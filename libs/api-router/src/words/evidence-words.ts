import type { EvidenceView } from "@rollcall/posture-pipeline";
import { storedValueWords } from "./value-words.ts";
import { wordsOfField } from "./field-words.ts";

type Evidence = Pick<EvidenceView, "path" | "value">;

/** As the scoring says that there is no value. */
const notRecorded = "not recorded";

/** Lists were joined when the evidence was written: each of their words is worded by itself. */
function shownValue({ path, value }: Evidence): string {
  if (value === notRecorded) return "Not recorded";
  const words = value.split(", ");
  return words.length > 1 && words.every((word) => /^[a-z0-9_]+$/.test(word))
    ? words.map((word) => storedValueWords(path, word)).join(", ")
    : storedValueWords(path, value);
}

/** Fields by the names they have elsewhere. The same field of several credentials is numbered in the order of the credentials. */
export function evidenceInWords(evidence: readonly Evidence[]): readonly EvidenceView[] {
  const labels = evidence.map(({ path }) => wordsOfField(path).label);
  const times = Map.groupBy(labels, (label) => label);
  const seen = new Map<string, number>();
  return evidence.map((piece, index) => {
    const label = labels[index]!;
    const nth = (seen.get(label) ?? 0) + 1;
    seen.set(label, nth);
    return { ...piece, label: times.get(label)!.length > 1 ? `${label} (${nth})` : label, shown: shownValue(piece) };
  });
}
