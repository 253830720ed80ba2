import { active, isAgent } from "../applicability.ts";
import { all, any, eq, missing, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, own, privileged } from "../severity.ts";

export const agentKillSwitch: Rule = {
  id: "AGT-005",
  title: "No tested stop for the agent",
  phase: "compliance-governance",
  stage: "offboarding",
  entity: "identity",
  playbook: "govern_agent",
  rationale: "When an agent misbehaves, minutes count, and nobody has proved that it can be stopped.",
  params: {
    testDays: { default: 180, unit: "days", label: "Days a test of the stop stays valid" },
  },
  appliesTo: all(active, isAgent),
  fails: any(missing("agent.killSwitchTestedAt"), olderThanDays("agent.killSwitchTestedAt", param("testDays"))),
  severity: { base: "medium", modifiers: [crown, privileged, own(1, "Acts without supervision", eq("agent.autonomy", "autonomous"))] },
  remediation: {
    action: "Build and test one action that stops this agent.",
    steps: [
      "Build a single switch that halts its runs and takes its access away.",
      "Test it on a schedule and note the time to a full stop.",
    ],
    breaks: "A test ends running tasks; choose a quiet moment.",
    verify: "The stop was tested inside the period.",
  },
  evidence: ["agent.autonomy"],
};
