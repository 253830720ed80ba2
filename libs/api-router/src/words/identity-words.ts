import { isKnown, type Fact, type FactMap, type FactValue } from "@rollcall/nhi-model";
import type { FactView, IdentityDetail, IdentityView } from "@rollcall/posture-pipeline";
import { withRuleTitle } from "./finding-words.ts";
import { wordsOfField } from "./field-words.ts";
import { ruleFields, ruleTitle } from "./rule-words.ts";

const reasonWords: Readonly<Record<string, string>> = {
  not_offered: "the source does not offer this",
  denied: "reading it was denied",
  not_collected: "nothing imported so far says so",
  conflicting: "sources disagree",
};

const reasonSentence = (reason: string): string => reasonWords[reason] ?? reason;

/** Facts in order of their label: what is known first, then what is missing with the way to know it. */
export function factViews(facts: FactMap, unknownFields: Readonly<Record<string, string>>): readonly FactView[] {
  const stated = Object.entries(facts).map(([path, fact]) => factView(path, fact));
  const missing = Object.entries(unknownFields)
    .filter(([path]) => facts[path] === undefined)
    .map(([path, reason]): FactView => {
      const { label, howToKnow } = wordsOfField(path);
      return { path, label, unknown: reasonSentence(reason), howToKnow };
    });
  return [...stated, ...missing].sort((a, b) => Number("unknown" in a) - Number("unknown" in b) || a.label.localeCompare(b.label, "en"));
}

function factView(path: string, fact: Fact<FactValue>): FactView {
  const { label, howToKnow } = wordsOfField(path);
  if (isKnown(fact)) return { path, label, value: valueText(fact.known), source: fact.source, observedAt: fact.observedAt };
  return { path, label, unknown: reasonSentence(fact.unknown), howToKnow };
}

function valueText(value: FactValue): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) {
    if (value.length === 0) return "none";
    return value.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join(", ");
  }
  return String(value);
}

/** Adds the words that live in code: labels, reasons, rule titles. */
export function identityView(detail: IdentityDetail): IdentityView {
  const { factMap, unknownRuleIds, unknownFields, ...rest } = detail;
  return {
    ...rest,
    facts: factViews(factMap, unknownFields),
    findings: detail.findings.map(withRuleTitle),
    unknownRules: unknownRuleIds.map((ruleId) => ({
      ruleId,
      title: ruleTitle(ruleId),
      fields: ruleFields(ruleId)
        .filter((path) => path in unknownFields)
        .map((path) => wordsOfField(path).label),
    })),
  };
}
