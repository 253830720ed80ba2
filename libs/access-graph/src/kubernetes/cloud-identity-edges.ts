import type { BuildContext } from "../edge-builder.ts";
import { AwsIdentities } from "./aws-identities.ts";
import type { ClusterMap } from "./cluster-map.ts";
import { NamedCloudIdentities } from "./named-cloud-identities.ts";

/** grantKind of an EKS Pod Identity association: from a service account to the ARN of the role it is given. */
export const podIdentityGrant = "pod_identity";

const annotated = ["irsaRoleArn", "podIdentityRoleArn", "gcpServiceAccount", "azureClientId"] as const;

/** Whether pods of the service account get tokens for a cloud, whatever they are told about tokens of the cluster. */
export const isCloudIdentity = (attributes: Readonly<Record<string, unknown>>): boolean =>
  annotated.some((name) => typeof attributes[name] === "string" && attributes[name] !== "");

/** Which identities of a cloud a service account may become, by its annotations and by what the other side trusts. */
export function cloudIdentityEdges(context: BuildContext, map: ClusterMap): void {
  const aws = new AwsIdentities(context);
  const named = new NamedCloudIdentities(context);
  for (const { located, at } of map.things) {
    if (located.kind !== "identity" || at.kind !== "ServiceAccount" || at.namespace === null) continue;
    const account = { located, cluster: at.cluster, namespace: at.namespace, name: at.name, issuer: map.issuerOf(at.cluster) };
    aws.addEdges(account);
    named.addEdges(account);
  }
  for (const grant of context.grants) if (grant.grantKind === podIdentityGrant) aws.addAssociation(grant);
}
