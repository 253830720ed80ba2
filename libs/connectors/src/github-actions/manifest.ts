import type { ConnectorManifest } from "@rollcall/posture-pipeline";

export const githubActionsManifest: ConnectorManifest = {
  id: "github_actions",
  title: "GitHub Actions",
  summary: "Pipelines of a repository: what they sign in to, which secrets they read, and who may start them.",
  accepts: "workflow files (.github/workflows/*.yml), best under owner/repository/ so that they say whose they are",
  datasets: [
    { id: "repository", title: "Repository and environments", emits: ["resource"], permissions: ["contents: read"] },
    { id: "workflows", title: "Workflows", emits: ["identity", "grant"], permissions: ["contents: read"] },
    { id: "secrets", title: "Secrets (names only)", emits: ["resource", "grant"], permissions: [] },
  ],
  howToExport: [
    {
      title: "Workflow files of one repository",
      command:
        "git clone --depth 1 --filter=blob:none --sparse https://github.com/OWNER/REPOSITORY OWNER/REPOSITORY && git -C OWNER/REPOSITORY sparse-checkout set .github/workflows && zip -r workflows.zip OWNER/REPOSITORY/.github/workflows",
    },
  ],
  leastPrivilegePolicy: null,
};
