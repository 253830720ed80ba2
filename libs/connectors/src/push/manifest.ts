import type { ConnectorManifest } from "@rollcall/posture-pipeline";

export const pushManifest: ConnectorManifest = {
  id: "push",
  title: "Push",
  summary: "Observations that an integration of yours sends: any system, in the words of the model.",
  accepts: "NDJSON or a JSON array of observations, led by an envelope with source, account, asOf and scopes",
  datasets: [
    {
      id: "observations",
      title: "Observations",
      emits: ["identity", "credential", "resource", "grant", "usage", "owner", "human", "source", "report"],
      permissions: [],
    },
  ],
  howToExport: [
    {
      title: "Push a file",
      command:
        'curl --fail -X POST "$ROLLCALL_URL/api/v1/ingestions" -H "Authorization: Bearer $ROLLCALL_TOKEN" -H \'Content-Type: application/x-ndjson\' --data-binary @observations.ndjson',
    },
  ],
  leastPrivilegePolicy: null,
};
