import { active, isAgent } from "../applicability.ts";
import { all, any, eq } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const agentNotAttributable: Rule = {
  id: "AGT-006",
  title: "Agent actions leave no trail",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "Without a record of each call, of the agent and of the person behind it, nothing can be reconstructed afterwards.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: any(eq("agent.actionLog", false), eq("logging.attributable", false)),
  severity: { base: "medium", modifiers: [crown, privileged] },
  remediation: {
    action: "Log every tool call with agent, person and result.",
    steps: ["Record agent, on whose behalf, a digest of the input, and the result.", "Keep the log where the agent cannot change it."],
    breaks: "Nothing: logging adds volume only.",
    verify: "Actions are logged and lead to one caller.",
  },
  evidence: ["logging.enabled"],
};
