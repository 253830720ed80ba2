export { graphSketch } from "./graph-sketch.ts";
export type { GraphSketch } from "./graph-sketch.ts";
export { rawGraph, rawNode } from "./raw-graph.ts";
export type { RawEdge, RawNode } from "./raw-graph.ts";
export { aCredential, aGrant, anIdentity, anInput, aResource, testSource } from "./inventory-builders.ts";
export { awsInventory, awsGrant } from "./aws-account.ts";
export type { AuthorizationDetails } from "./aws-account.ts";
export { aBinding, aK8sResource, aRole, aSecret, aServiceAccount, k8sRef, testCluster } from "./kubernetes-cluster.ts";
export {
  allow,
  deny,
  escalationAccount,
  escalationGraph,
  escalationInput,
  iamArn,
  techniquesOfCaller,
  trustIn,
} from "./escalation-world.ts";
export type { EscalationWorld, Statement } from "./escalation-world.ts";
