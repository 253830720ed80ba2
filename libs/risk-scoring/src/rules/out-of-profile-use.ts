import { active } from "../applicability.ts";
import { gte, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const outOfProfileUse: Rule = {
  id: "MON-002",
  title: "Used in an unusual way",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "investigate",
  rationale: "A new source, hour or resource is the earliest sign that somebody else is using a machine's credential.",
  params: {
    events: { default: 1, unit: "count", label: "Unusual events from which the rule fires" },
  },
  appliesTo: active,
  fails: gte("usage.outOfProfileEvents", param("events")),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Clear up the unusual use with the owner, and contain it if in doubt.",
    steps: [
      "Show the owner source, time and resource of the events.",
      "In doubt, restrict or revoke first.",
      "If harmless, adjust what counts as usual.",
    ],
    breaks: "Containing a false alarm interrupts the workload.",
    verify: "No open unusual events.",
  },
  evidence: ["usage.lastUsedAt"],
};
