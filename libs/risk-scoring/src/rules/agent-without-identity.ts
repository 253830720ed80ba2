import { active, isAgent } from "../applicability.ts";
import { all, in_ } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const agentWithoutIdentity: Rule = {
  id: "AGT-001",
  title: "Agent without its own identity",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "The agent acts as somebody or something else, so its actions cannot be told apart, limited or stopped on their own.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: in_("agent.identityMode", ["shared", "human_session"]),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Give this agent an identity of its own.",
    steps: ["Create one identity per agent.", "Use tokens that carry both the agent and the person it acts for."],
    breaks: "Tools that expect the borrowed identity refuse the new one until they are granted to it.",
    verify: "The agent signs in as itself.",
  },
  evidence: ["agent.autonomy"],
};
