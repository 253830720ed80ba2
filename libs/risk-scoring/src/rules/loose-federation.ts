import { all, any, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, own, privileged } from "../severity.ts";

export const looseFederation: Rule = {
  id: "CICD-002",
  title: "Federation trust too loose",
  phase: "provisioning-decommissioning",
  stage: "provisioning",
  entity: "identity",
  playbook: "restrict_trust",
  rationale: "The issuer serves strangers too, and the trust does not say exactly which subject and audience it means.",
  params: {},
  appliesTo: some("trust", (trust) => trust.in_("kind", ["oidc", "saml"])),
  fails: some("trust", (trust) =>
    all(trust.in_("kind", ["oidc", "saml"]), any(trust.in_("subjectMatch", ["none", "wildcard"]), trust.eq("audiencePinned", false))),
  ),
  severity: {
    base: "high",
    modifiers: [
      crown,
      privileged,
      own(
        1,
        "Anyone at a public issuer may come in",
        some("trust", (trust) => all(trust.eq("issuerShared", true), trust.eq("subjectMatch", "none"))),
      ),
    ],
  },
  remediation: {
    action: "Pin the trust to one subject and one audience.",
    steps: ["Require issuer, audience and the exact repository, branch or environment.", "Use one role per repository and environment."],
    breaks: "Branches or repositories that used the loose match can no longer sign in.",
    verify: "Subject is matched exactly and the audience is pinned.",
  },
  evidence: ["provider"],
};
