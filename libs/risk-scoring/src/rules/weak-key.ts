import { all, any, eq, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const weakKey: Rule = {
  id: "CERT-002",
  title: "Weak key or self-signed in production",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "renew_certificate",
  rationale: "A key that can be forged, or a certificate nobody vouches for, proves nothing about who is calling.",
  params: {},
  appliesTo: all(
    eq("environment", "prod"),
    some("credentials", (credential) => credential.in_("kind", ["x509", "x509_svid", "signing_key", "ssh_key"])),
  ),
  fails: some("credentials", (credential) =>
    all(
      credential.in_("kind", ["x509", "x509_svid", "signing_key", "ssh_key"]),
      credential.eq("status", "active"),
      any(
        credential.eq("selfSigned", true),
        credential.in_("algorithm", ["MD5", "SHA1", "DSA", "RSA-1024"]),
        all(credential.eq("algorithm", "RSA"), credential.lt("keyBits", 2048)),
      ),
    ),
  ),
  severity: { base: "medium", modifiers: [crown, privileged] },
  remediation: {
    action: "Reissue from the approved authority with a current algorithm.",
    steps: ["Issue a new key and certificate and roll them out.", "Stop trusting the issuer that was replaced."],
    breaks: "Clients that trust only the old anchor refuse the connection.",
    verify: "Algorithm, size and issuer meet the policy.",
  },
  evidence: ["provider"],
};
