import type { FileConnector } from "@rollcall/posture-pipeline";
import { githubActionsManifest } from "./manifest.ts";
import { parseWorkflows } from "./parse.ts";
import { looksLikeWorkflow } from "./read-workflow.ts";

export const githubActionsConnector: FileConnector = {
  manifest: githubActionsManifest,
  recognise: looksLikeWorkflow,
  parse: parseWorkflows,
};
