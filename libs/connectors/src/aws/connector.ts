import type { FileConnector } from "@rollcall/posture-pipeline";
import { isAwsFile, looksLikeAws } from "./documents.ts";
import { awsManifest } from "./manifest.ts";
import { parseAws } from "./parse.ts";

export const awsConnector: FileConnector = {
  manifest: awsManifest,
  recognise(file) {
    // A damaged file that carries the marks of an AWS export is ours to explain.
    return looksLikeAws(file) && isAwsFile(file);
  },
  parse: parseAws,
};
