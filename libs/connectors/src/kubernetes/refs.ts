import { fitRef } from "../observe/collector.ts";

/** `k8s:<cluster>/<namespace or _>/<Kind>/<name>`: readable, and the same in every export of the cluster. */
export const k8sRef = (
  cluster: string,
  object: { readonly namespace: string | null; readonly kind: string; readonly name: string },
): string => fitRef(`k8s:${cluster}/${object.namespace ?? "_"}/${object.kind}/${object.name}`);
