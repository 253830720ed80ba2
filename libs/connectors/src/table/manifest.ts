import type { ConnectorManifest } from "@rollcall/posture-pipeline";

export const tableManifest: ConnectorManifest = {
  id: "csv",
  title: "Tables (CSV)",
  summary: "Any list of identities or credentials that somebody keeps in a table: you say once which column is what.",
  accepts: "CSV or TSV with a header, and a mapping of its columns",
  datasets: [
    { id: "rows", title: "Rows", emits: ["identity", "credential", "usage", "owner"], permissions: [] },
    { id: "mapping", title: "Mapping of the columns", emits: ["source"], permissions: [] },
  ],
  howToExport: [{ title: "A table", command: "./rollcall import bots.csv --mapping bots.mapping.json --wait" }],
  leastPrivilegePolicy: null,
};
