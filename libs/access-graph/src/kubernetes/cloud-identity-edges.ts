import type { Grant } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import { addFederatesTo } from "../federation/federates-to.ts";
import type { Federate } from "../federation/federates-to.ts";
import { grantGround, openNeed } from "../ways.ts";
import { AwsIdentities } from "./aws-identities.ts";
import type { ClusterMap } from "./cluster-map.ts";
import { NamedCloudIdentities } from "./named-cloud-identities.ts";
import { PodIdentities, podIdentityGrant } from "./pod-identities.ts";
import { RoleTrusts } from "./role-trusts.ts";

/** A pod that runs as a service account and holds no token of the cluster for it. */
export interface TokenlessPod {
  readonly key: string;
  readonly grant: Grant;
}

/**
 * Which identities of a cloud a service account may become, by its annotations and by what the other side trusts. Pods get tokens for a cloud
 * whatever they are told about tokens of the cluster: those without one of the cluster become the identity of the cloud, and not the account.
 */
export function cloudIdentityEdges(context: BuildContext, map: ClusterMap, tokenless: ReadonlyMap<string, readonly TokenlessPod[]>): void {
  const federate: Federate = (federation) => {
    addFederatesTo(context.draft, federation);
    for (const { key, grant } of tokenless.get(federation.from) ?? [])
      addFederatesTo(context.draft, {
        ...federation,
        from: key,
        facts: [{ ref: grant.ref, detail: "pod specification" }, ...federation.facts],
        way: [[[grantGround(grant)]], ...(federation.way ?? (federation.conditions.length > 0 ? [openNeed] : []))],
      });
  };
  const trusts = new RoleTrusts(context.inventory);
  const aws = new AwsIdentities(context, { map, trusts, federate });
  const named = new NamedCloudIdentities(context, federate);
  for (const { located, at } of map.things) {
    if (located.kind !== "identity" || at.kind !== "ServiceAccount" || at.namespace === null) continue;
    const account = { located, cluster: at.cluster, namespace: at.namespace, name: at.name, issuer: map.issuerOf(at.cluster) };
    aws.addEdges(account);
    named.addEdges(account);
  }
  const associated = new PodIdentities(context, { map, trusts, federate });
  for (const grant of context.grants) if (grant.grantKind === podIdentityGrant) associated.add(grant);
}
