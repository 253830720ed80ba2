import type { FileConnector } from "@rollcall/posture-pipeline";
import { secretScanningManifest } from "./manifest.ts";
import { parseSecretReports } from "./parse.ts";
import { looksLikeSecretReport } from "./read-report.ts";

export const secretScanningConnector: FileConnector = {
  manifest: secretScanningManifest,
  recognise: looksLikeSecretReport,
  parse: parseSecretReports,
};
