import { active } from "../applicability.ts";
import { all, any, eq, gte } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { compensated, crown, nonProduction } from "../severity.ts";

export const standingPrivilege: Rule = {
  id: "PRIV-004",
  title: "Permanent where temporary would do",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "narrow",
  rationale: "The elevated right is there all day for a task that needs it now and then, although the platform can grant it on demand.",
  params: {},
  appliesTo: active,
  fails: all(
    eq("access.standingPrivilege", true),
    eq("access.jitSupported", true),
    any(eq("access.admin", true), gte("access.sensitiveResourceCount", 1)),
  ),
  severity: { base: "medium", modifiers: [crown, nonProduction, compensated] },
  remediation: {
    action: "Grant this privilege only for the run that needs it.",
    steps: ["Tie a time-bound grant to the job run.", "Keep emergency access separate and watched."],
    breaks: "Jobs that start outside the granted window are denied.",
    verify: "No permanent privileged grant is left.",
  },
  evidence: ["usage.lastUsedAt"],
};
