import type { ConnectorManifest } from "@rollcall/posture-pipeline";

export const secretScanningManifest: ConnectorManifest = {
  id: "secret_scanning",
  title: "Secret scanners",
  summary:
    "Secrets that a scanner found in code: one credential for each, wherever and by whomever it was found. Values are dropped, fingerprints kept.",
  accepts: "gitleaks JSON, TruffleHog JSON lines, SARIF 2.1.0 of a secret scanner, GitHub secret scanning alerts",
  datasets: [
    {
      id: "leaks",
      title: "Secrets found in code",
      emits: ["identity", "credential", "resource", "grant"],
      permissions: [],
    },
  ],
  howToExport: [
    { title: "gitleaks", command: "gitleaks detect --report-format json --report-path gitleaks.json" },
    { title: "TruffleHog", command: "trufflehog filesystem . --json > trufflehog.jsonl" },
    { title: "GitHub alerts", command: "gh api --paginate '/orgs/ORG/secret-scanning/alerts?state=open&per_page=100' > alerts.json" },
  ],
  leastPrivilegePolicy: null,
};
