import type { ConnectorManifest } from "@rollcall/posture-pipeline";

export const ocsfManifest: ConnectorManifest = {
  id: "ocsf",
  title: "Findings of other tools (OCSF)",
  summary:
    "What scanners and cloud security services say about an identity, shown beside what Rollcall found. Their findings change no score.",
  accepts:
    "OCSF findings as a JSON array or one object a line: compliance (2003), detection (2004), application security posture (2007), IAM analysis (2008)",
  datasets: [{ id: "reports", title: "Findings of other tools", emits: ["report"], permissions: [] }],
  howToExport: [
    { title: "Prowler", command: "prowler aws --output-formats json-ocsf" },
    { title: "AWS Security Hub", command: "aws securityhub get-findings-v2 > findings.ocsf.json" },
  ],
  leastPrivilegePolicy: null,
};
