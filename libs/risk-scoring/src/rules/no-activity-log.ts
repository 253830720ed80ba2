import { active } from "../applicability.ts";
import { any, eq } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const noActivityLog: Rule = {
  id: "MON-001",
  title: "No usable activity log",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "investigate",
  rationale: "What is not logged, or cannot be traced to one caller, can be neither noticed nor reviewed.",
  params: {},
  appliesTo: active,
  fails: any(eq("logging.enabled", false), eq("logging.attributable", false)),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Switch on activity logs that lead to one caller.",
    steps: ["Turn on audit logs for sign-in and data access.", "Send them to the central store and keep them long enough."],
    breaks: "Nothing: logging adds volume and cost only.",
    verify: "Activity is logged and attributable.",
  },
  evidence: ["provider"],
};
