import { all, any, some } from "../condition.ts";
import type { Rule } from "../rule.ts";

export const invalidSvid: Rule = {
  id: "CERT-003",
  title: "SVID breaks the standard",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "renew_certificate",
  rationale:
    "A SPIFFE document must name exactly one identity, and a token an audience and an end. Otherwise whoever checks it must refuse or guess.",
  params: {},
  appliesTo: some("credentials", (credential) => credential.in_("kind", ["x509_svid", "jwt_svid"])),
  fails: some("credentials", (credential) =>
    any(
      all(credential.eq("kind", "x509_svid"), credential.ne("sanUriCount", 1)),
      all(credential.eq("kind", "jwt_svid"), any(credential.lt("audienceCount", 1), credential.eq("hasExpiry", false))),
    ),
  ),
  severity: { base: "medium", modifiers: [] },
  remediation: {
    action: "Correct the issuer's template and reissue.",
    steps: ["Correct the template at the issuer.", "Reissue and roll out."],
    breaks: "Workloads reconnect when their document changes.",
    verify: "The document meets the standard.",
  },
  evidence: ["provider"],
};
