import type { ChangeRow } from "@rollcall/posture-pipeline";
import { wordsOfField } from "./field-words.ts";
import { reasonClause } from "./reason-words.ts";
import { dayInWords } from "./source-words.ts";
import { storedValueWords } from "./value-words.ts";

export interface ChangeView extends ChangeRow {
  /** What happened, in one sentence without its full stop. */
  readonly sentence: string;
}

const unknownMark = "unknown: ";
const instant = /^\d{4}-\d\d-\d\dT/;

function shown(field: string, text: string): string {
  return instant.test(text) ? dayInWords(text) : storedValueWords(field, text);
}

function factSentence({ field, before, after }: ChangeRow): string {
  if (field === null) return "Something changed";
  if (field === "name") return `Renamed from ${before} to ${after}`;
  if (field === "ref") return `Its identifier changed from ${before} to ${after}`;
  const { label } = wordsOfField(field);
  const unknownNow = after?.startsWith(unknownMark) === true;
  const unknownBefore = before === null || before.startsWith(unknownMark);
  if (after === null) return `${label} is no longer stated`;
  if (unknownNow) return `${label} is not known${unknownBefore ? "" : " any more"}: ${reasonClause(after.slice(unknownMark.length))}`;
  if (unknownBefore) return `${label} became known: ${shown(field, after)}`;
  return `${label} changed from ${shown(field, before)} to ${shown(field, after)}`;
}

function attestedSentence({ actor, field, before, after }: ChangeRow): string {
  const label = field === null ? "a fact" : wordsOfField(field).label.toLowerCase();
  if (after === null) return `${actor} took back the ${label}`;
  if (field === "attestation.reason") return `${actor} gave the reason: ${after}`;
  if (field === "review.lastReviewedAt") return `${actor} reviewed it`;
  const earlier = before === null || before.startsWith(unknownMark) ? "" : `, before it was ${shown(field ?? "", before)}`;
  return `${actor} stated the ${label}: ${shown(field ?? "", after)}${earlier}`;
}

/** `AKIA...` or a kind such as `access_key`; the store writes whichever it has. */
const credentialOf = (field: string | null): string => (field === null ? "A credential" : `Credential ${field.replace(/ status$/, "")}`);

const sentences: Readonly<Record<string, (change: ChangeRow, source: string) => string>> = {
  created: (_, source) => `First seen in ${source}`,
  gone: (_, source) => `No longer in ${source}`,
  revived: (_, source) => `Back in ${source} after it was gone`,
  missing: (_, source) => `Missing from the latest export of ${source}`,
  found: (_, source) => `Seen again in ${source}`,
  changed: factSentence,
  attested: attestedSentence,
  credential_added: ({ field }) => `${credentialOf(field)} added`,
  credential_removed: ({ field }) => `${credentialOf(field)} removed`,
  credential_rotated: ({ field, before }) =>
    `${credentialOf(field)} rotated${before === null ? "" : `, before that on ${dayInWords(before)}`}`,
  credential_changed: ({ field, before, after }) =>
    `${credentialOf(field)} is now ${after ?? "of unknown state"}${before === null ? "" : `, it was ${before}`}`,
  grant_added: ({ field, after }) => `Access given: ${storedValueWords("", field ?? "grant").toLowerCase()} to ${after ?? "something"}`,
  grant_removed: ({ field, before }) => `Access taken: ${storedValueWords("", field ?? "grant").toLowerCase()} to ${before ?? "something"}`,
};

export function changeView(change: ChangeRow, sourceName: string): ChangeView {
  const sentence = sentences[change.what]?.(change, sourceName) ?? storedValueWords("", change.what);
  return { ...change, sentence };
}
