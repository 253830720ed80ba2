import { active, isAgent } from "../applicability.ts";
import { all, eq, in_ } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const agentStaticRoles: Rule = {
  id: "AGT-008",
  title: "Autonomous agent under fixed roles",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "It decides its own next step, but what it may do was decided once and for all tasks.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: all(eq("agent.autonomy", "autonomous"), in_("agent.runtimePolicy", ["none", "static_role"])),
  severity: { base: "medium", modifiers: [crown, privileged] },
  remediation: {
    action: "Decide each of its requests by policy.",
    steps: ["Put a policy decision in front of its tools.", "Judge task, data, amount and risk at every call."],
    breaks: "Calls the first policy forgot are denied.",
    verify: "Each request is authorised by policy.",
  },
  evidence: ["agent.writeToolCount"],
};
