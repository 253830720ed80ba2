import { active, isAgent } from "../applicability.ts";
import { all, any, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const agentUnapprovedTool: Rule = {
  id: "AGT-003",
  title: "Agent uses an unapproved tool",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "A tool outside the agent's purpose, or one that anybody may call, widens what a manipulated agent can do.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: some("agent.tools", (tool) => any(tool.eq("approved", false), tool.eq("authenticated", false))),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Remove the tool, or approve it and require sign-in.",
    steps: [
      "Take out what the purpose does not need.",
      "Pin the version and require authentication.",
      "Watch the configuration for changes.",
    ],
    breaks: "Tasks that used the removed tool fail.",
    verify: "Every tool is approved and requires sign-in.",
  },
  evidence: ["agent.writeToolCount"],
};
