import { active } from "../applicability.ts";
import { all, eq, missing } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const interactiveSignIn: Rule = {
  id: "HUM-002",
  title: "Interactive sign-in possible",
  phase: "provisioning-decommissioning",
  stage: "provisioning",
  entity: "identity",
  playbook: "restrict_sign_in",
  rationale: "A machine has no use for a console or shell sign-in, and nobody has recorded why it should be possible.",
  params: {},
  appliesTo: active,
  fails: all(eq("auth.interactiveLoginEnabled", true), missing("auth.interactiveExceptionId")),
  severity: { base: "low", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Turn interactive sign-in off, or record an exception.",
    steps: ["Remove the console password or deny interactive logon.", "Where it must stay, record the exception with an end date."],
    breaks: "People who sign in with it today are locked out.",
    verify: "Interactive sign-in is off, or an exception is recorded.",
  },
  evidence: ["usage.interactiveSessions"],
};
