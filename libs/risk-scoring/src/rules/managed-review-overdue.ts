import { active, isPlatformManaged } from "../applicability.ts";
import { all, any, field, missing, olderThanDays } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const managedReviewOverdue: Rule = {
  id: "MNG-003",
  title: "Platform-managed, review overdue",
  phase: "compliance-governance",
  stage: "governance",
  entity: "identity",
  playbook: "review",
  rationale: "Automatic rotation hides that nobody has asked for a long time whether this is still needed.",
  params: {},
  appliesTo: all(active, isPlatformManaged),
  fails: any(
    missing("review.cadenceDays"),
    missing("review.lastReviewedAt"),
    olderThanDays("review.lastReviewedAt", field("review.cadenceDays")),
  ),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Review need, scope and consumers, and set the next date.",
    steps: [
      "Agree on an interval; quarterly is a good start.",
      "Go through who uses it, for what and how widely, and write down what was decided.",
    ],
    breaks: "Nothing: a review only records a decision.",
    verify: "The last review lies inside the agreed interval.",
  },
  evidence: ["usage.lastUsedAt"],
};
