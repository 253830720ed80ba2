import { active, isAgent } from "../applicability.ts";
import { all, eq, gte } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, own } from "../severity.ts";

export const agentWithoutApproval: Rule = {
  id: "AGT-002",
  title: "Agent changes things unasked",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "It can write, delete or send, and no person confirms the dangerous steps.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: all(gte("agent.writeToolCount", 1), eq("agent.highRiskApproval", false)),
  severity: { base: "high", modifiers: [crown, nonProduction, own(1, "Acts without supervision", eq("agent.autonomy", "autonomous"))] },
  remediation: {
    action: "Put a person's approval in front of dangerous tools.",
    steps: [
      "Sort the tools by what they change.",
      "Require approval or a dry run for destructive and outbound steps.",
      "Limit how often and how much.",
    ],
    breaks: "Unattended runs wait for a person at the gated steps.",
    verify: "Dangerous tools need approval.",
  },
  evidence: ["agent.autonomy"],
};
