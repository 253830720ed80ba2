import { active, isAgent } from "../applicability.ts";
import { all, eq, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, own, privileged } from "../severity.ts";

export const agentStaticCredential: Rule = {
  id: "AGT-004",
  title: "Agent holds a static secret",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "federate",
  rationale: "An agent can be talked out of whatever it holds; a token for one task is worth little to a thief.",
  params: {},
  appliesTo: all(active, isAgent),
  fails: some("credentials", (credential) => all(credential.eq("status", "active"), credential.eq("static", true))),
  severity: { base: "medium", modifiers: [crown, privileged, own(1, "Acts without supervision", eq("agent.autonomy", "autonomous"))] },
  remediation: {
    action: "Give this agent short-lived tokens per task.",
    steps: [
      "Let a broker issue tokens bound to task and audience.",
      "Look through its prompts, memory and settings for secrets and take them out.",
    ],
    breaks: "Tools that only accept a static key need a broker in front.",
    verify: "No active static credential is left.",
  },
  evidence: ["agent.autonomy"],
};
