import { active } from "../applicability.ts";
import { any, missing, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown } from "../severity.ts";

export const dependenciesUnmapped: Rule = {
  id: "OFF-006",
  title: "Nobody knows what depends on it",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "document",
  rationale: "Clean-up is put off when nobody can say what will break. An old map is as bad as none.",
  params: {
    maxAgeDays: { default: 180, unit: "days", label: "Days until a dependency map counts as old" },
  },
  appliesTo: active,
  fails: any(missing("dependencies.mappedAt"), olderThanDays("dependencies.mappedAt", param("maxAgeDays"))),
  severity: { base: "low", modifiers: [crown] },
  remediation: {
    action: "Map the consumers of this identity and have the owner confirm them.",
    steps: [
      "Derive consumers from logs, infrastructure code and reads of its secret.",
      "Let the owner confirm or correct the list.",
      "Try the removal as a what-if before acting.",
    ],
    breaks: "Nothing: this changes only the record.",
    verify: "The map was confirmed inside the allowed age.",
  },
  evidence: ["dependencies.mappedAt"],
};
