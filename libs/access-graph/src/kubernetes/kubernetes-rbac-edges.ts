import type { EdgeBuilder } from "../edge-builder.ts";
export const kubernetesRbacEdges: EdgeBuilder = { dialect: "kubernetes_rbac", build: () => {} };
