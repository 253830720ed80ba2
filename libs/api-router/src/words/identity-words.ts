import { type DatedFact, type DatedFactMap, type FactValue } from "@rollcall/nhi-model";
import type { ConnectorManifest, FactView, IdentityDetail, IdentityView } from "@rollcall/posture-pipeline";
import { withRotationWindow } from "./credential-words.ts";
import { parentOfField } from "./dependent-fields.ts";
import { evidenceInWords } from "./evidence-words.ts";
import { fieldOfPath, wordsOfField } from "./field-words.ts";
import { findingView } from "./finding-words.ts";
import { reasonSentence } from "./reason-words.ts";
import { ruleFields, ruleTitle } from "./rule-words.ts";
import { valueWords } from "./value-words.ts";

/** Shown elsewhere on the page, or said by another fact: repeating them hides what is new. */
const saidElsewhere = new Set(["type", "provider", "inventory.firstSeenAt"]);

/** Title of the dataset a fact was read from; `attested by Ada` and names of sources are words already. */
export type DatasetTitle = (dataset: string) => string;

const asWords: DatasetTitle = (dataset) => (/^[a-z0-9_-]+$/.test(dataset) ? valueWords("", dataset.replaceAll("-", "_")) : dataset);

export function datasetTitles(manifests: readonly ConnectorManifest[], connector?: string): DatasetTitle {
  const own = manifests.filter(({ id }) => id === connector);
  const titles = [...own, ...manifests].flatMap(({ datasets }) => datasets);
  return (dataset) => titles.find(({ id }) => id === dataset)?.title ?? asWords(dataset);
}

/** Facts in order of their label: what is known first, then what is missing with the way to know it. */
export function factViews(
  facts: DatedFactMap,
  unknownFields: Readonly<Record<string, string>>,
  titleOf: DatasetTitle = asWords,
): readonly FactView[] {
  const stated = Object.entries(facts).map(([path, fact]) => factView(path, fact, titleOf));
  const missing = Object.entries(unknownFields)
    .filter(([path]) => facts[path] === undefined)
    .map(([path, reason]) => unknownView(path, reason));
  const all = [...stated, ...missing];
  const byField = new Map(all.map((view) => [fieldOfPath(view.path), view]));
  return all
    .filter((view) => !saidElsewhere.has(view.path) && !("unknown" in view && isMoot(view.path, byField)))
    .sort((a, b) => Number("unknown" in a) - Number("unknown" in b) || a.label.localeCompare(b.label, "en"));
}

/** Nothing to find out as long as what it hangs on is unknown itself, or known not to be so. */
function isMoot(path: string, byField: ReadonlyMap<string, FactView>): boolean {
  const parent = parentOfField(path);
  const view = parent === undefined ? undefined : byField.get(parent);
  return view !== undefined && ("unknown" in view || view.value === "No" || view.value === "0");
}

function factView(path: string, fact: DatedFact<FactValue>, titleOf: DatasetTitle): FactView {
  if ("unknown" in fact) return unknownView(path, fact.unknown);
  return {
    path,
    label: wordsOfField(path).label,
    value: valueWords(path, fact.known),
    source: titleOf(fact.source),
    observedAt: fact.observedAt,
  };
}

function unknownView(path: string, reason: string): FactView {
  const { label, howToKnow } = wordsOfField(path);
  return { path, label, unknown: reasonSentence(reason), howToKnow };
}

/** Adds the words that live in code: labels, reasons, rule titles. */
export function identityView(detail: IdentityDetail, titleOf?: DatasetTitle): IdentityView {
  const { factMap, unknownRuleIds, unknownFields, ...rest } = detail;
  return {
    ...rest,
    terms: detail.terms.map((term) => ({ ...term, evidence: evidenceInWords(term.evidence) })),
    facts: factViews(factMap, unknownFields, titleOf),
    credentials: detail.credentials.map(withRotationWindow),
    findings: detail.findings.map(findingView),
    unknownRules: unknownRuleIds.map((ruleId) => ({
      ruleId,
      title: ruleTitle(ruleId),
      fields: missingOf(ruleId, unknownFields),
    })),
  };
}

/** What the rule reads and nobody could answer; a field inside a list counts when the list itself is unknown. */
function missingOf(ruleId: string, unknownFields: Readonly<Record<string, string>>): readonly string[] {
  const fields = ruleFields(ruleId);
  const missing = fields.filter((path) => path in unknownFields);
  const named = missing.length > 0 ? missing : fields;
  return [...new Set(named.map((path) => wordsOfField(path).label))];
}
