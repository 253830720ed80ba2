import { active, isAgent } from "../applicability.ts";
import { all, eq } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown } from "../severity.ts";

export const agentScopeExceeds: Rule = {
  id: "AGT-007",
  title: "Agent may do more than its principal",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "The agent can do for a person what that person could not do alone, which turns it into a way around permissions.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: eq("agent.delegatedScopeExceeds", true),
  severity: { base: "high", modifiers: [crown] },
  remediation: {
    action: "Limit the agent to what both it and its principal may do.",
    steps: ["Exchange tokens so that scopes are intersected.", "Check each privileged step against the person it started with."],
    breaks: "Steps that relied on the wider scope are denied.",
    verify: "The delegated scope is a subset.",
  },
  evidence: ["agent.identityMode"],
};
