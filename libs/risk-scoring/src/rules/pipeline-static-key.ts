import { active } from "../applicability.ts";
import { all, any, eq, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const pipelineStaticKey: Rule = {
  id: "CICD-001",
  title: "Pipeline holds a static cloud key",
  phase: "provisioning-decommissioning",
  stage: "provisioning",
  entity: "identity",
  playbook: "federate",
  rationale: "Everyone who can change the pipeline's code or one of its third-party steps can read the key.",
  params: {},
  appliesTo: all(active, any(eq("pipeline.isPipeline", true), eq("type", "ci_pipeline"))),
  fails: any(
    eq("pipeline.storesStaticCloudKey", true),
    some("credentials", (credential) =>
      all(credential.eq("status", "active"), credential.eq("static", true), credential.eq("storage", "ci_variable")),
    ),
  ),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Let the pipeline sign in by federation and delete the key.",
    steps: [
      "Set up OIDC federation for the exact repository and branch.",
      "Switch the jobs over and delete the stored key.",
      "Block new keys in pipeline settings.",
    ],
    breaks: "Jobs that still read the stored key fail after it is deleted.",
    verify: "No static cloud key is stored with the pipeline.",
  },
  evidence: ["workload.status"],
};
