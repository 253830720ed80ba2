import { active } from "../applicability.ts";
import { all, containsAny } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const crossEnvironmentUse: Rule = {
  id: "ENV-001",
  title: "Used in production and elsewhere",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "separate",
  rationale: "One identity serves production and less protected environments, so a breach of the weaker one carries over.",
  params: {},
  appliesTo: active,
  fails: all(containsAny("usage.environments", ["prod"]), containsAny("usage.environments", ["dev", "test", "staging", "sandbox"])),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Give each environment an identity of its own.",
    steps: ["Create one identity per environment with only its rights.", "Move the consumers and remove the common one."],
    breaks: "A consumer that was not moved loses access.",
    verify: "It is used in one class of environment only.",
  },
  evidence: ["environment"],
};
