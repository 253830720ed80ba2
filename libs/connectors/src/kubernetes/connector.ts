import type { FileConnector } from "@rollcall/posture-pipeline";
import { kubernetesManifest } from "./manifest.ts";
import { parseKubernetes } from "./parse.ts";
import { looksLikeKubernetes } from "./read-objects.ts";

export const kubernetesConnector: FileConnector = { manifest: kubernetesManifest, recognise: looksLikeKubernetes, parse: parseKubernetes };
