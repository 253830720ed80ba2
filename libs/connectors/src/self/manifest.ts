import type { ConnectorManifest } from "@rollcall/posture-pipeline";

/** Built in: read from Rollcall's own tables, never from a file that somebody uploads. */
export const selfManifest: ConnectorManifest = {
  id: "self",
  title: "Rollcall itself",
  summary: "The keys, roles and secrets with which Rollcall works, under the same rules as everything else.",
  accepts: "nothing: it reads itself",
  datasets: [
    { id: "people", title: "Members", emits: ["human"], permissions: [] },
    {
      id: "machine_access",
      title: "Service users, API keys, sign-in links and credentials for sources",
      emits: ["identity", "credential", "usage", "owner", "grant"],
      permissions: [],
    },
    {
      id: "instance",
      title: "Database roles and secrets of the instance",
      emits: ["identity", "credential", "usage", "owner", "grant", "resource"],
      permissions: [],
    },
  ],
  howToExport: [],
  leastPrivilegePolicy: null,
};
