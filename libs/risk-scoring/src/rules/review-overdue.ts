import { active, isPlatformManaged } from "../applicability.ts";
import { all, any, missing, not, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const reviewOverdue: Rule = {
  id: "GOV-001",
  title: "Access review overdue",
  phase: "compliance-governance",
  stage: "governance",
  entity: "identity",
  playbook: "review",
  rationale: "Need and scope change quietly; somebody has to confirm them from time to time.",
  params: {
    reviewDays: { default: 90, unit: "days", label: "Days between two reviews" },
  },
  appliesTo: all(active, not(isPlatformManaged)),
  fails: any(missing("review.lastReviewedAt"), olderThanDays("review.lastReviewedAt", param("reviewDays"))),
  severity: { base: "low", modifiers: [crown, privileged] },
  remediation: {
    action: "Confirm that this identity and its access are still needed.",
    steps: ["Ask the owner about need, scope and consumers.", "Carry out the decision and record it."],
    breaks: "Nothing: a review only records a decision.",
    verify: "A review lies inside the period.",
  },
  evidence: ["owner.personId"],
};
