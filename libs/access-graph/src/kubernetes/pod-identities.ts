import type { Grant } from "@rollcall/nhi-model";
import { allTrue, describeCondition } from "../aws/condition.ts";
import { trustEntries } from "../aws/trust.ts";
import type { BuildContext } from "../edge-builder.ts";
import { namedRole } from "../federation/federates-to.ts";
import type { Federate } from "../federation/federates-to.ts";
import { factsOf, trustNeed } from "../federation/workload-token.ts";
import { missingEnd } from "../gap-words.ts";
import type { EdgeEvidence } from "../types.ts";
import { grantGround, openNeed } from "../ways.ts";
import type { ClusterMap } from "./cluster-map.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import type { RoleTrusts } from "./role-trusts.ts";

/** grantKind of an EKS Pod Identity association: from a service account to the ARN of the role it is given. */
export const podIdentityGrant = "pod_identity";

const podService = "pods.eks.amazonaws.com";

/** AWS roles of service accounts by an association of the cluster (EKS Pod Identity). */
export class PodIdentities {
  readonly #context: BuildContext;
  readonly #map: ClusterMap;
  readonly #trusts: RoleTrusts;
  readonly #federate: Federate;

  constructor(context: BuildContext, { map, trusts, federate }: { map: ClusterMap; trusts: RoleTrusts; federate: Federate }) {
    this.#context = context;
    this.#map = map;
    this.#trusts = trusts;
    this.#federate = federate;
  }

  /** The service hands out the role itself; the role has to trust the service, possibly only for this namespace or account. */
  add(grant: Grant): void {
    const { inventory, draft } = this.#context;
    const from = inventory.resolve(grant.sourceId, grant.from);
    if (from === undefined) {
      draft.addGap({ ref: grant.from, what: "unresolved_reference", detail: missingEnd(grant, grant.from) });
      return;
    }
    const trust = this.#trusts.of(grant.to);
    const accepted = trust === undefined ? undefined : this.#acceptedBy(trustEntries(trust), grant);
    if (accepted === null) return;
    const fact: EdgeEvidence["facts"][number] = { ref: grant.ref, detail: `associated with ${grant.to}` };
    this.#federate({
      from: from.key,
      to: namedRole(inventory, draft, { sourceId: grant.sourceId, arn: grant.to }),
      facts: accepted === undefined ? [fact] : [fact, { ref: grant.to, detail: `trust policy ${accepted.id} accepts ${podService}` }],
      conditions: accepted?.words ?? [`the role's trust policy accepts ${podService}`],
      way: [[[grantGround(grant)]], accepted === undefined ? openNeed : trustNeed(grant.to, accepted.statements)],
    });
  }

  /** The statement that leaves least open; null when none lets the service in for this account. */
  #acceptedBy(entries: ReturnType<typeof trustEntries>, grant: Grant) {
    const facts = factsOf(this.#tagsOf(grant));
    const open = entries.flatMap(({ party, statement }) => {
      if (party.kind !== "service" || party.service !== podService || allTrue(statement.conditions, facts, "Allow") === "no") return [];
      const words = statement.conditions.filter((condition) => allTrue([condition], facts, "Allow") === "maybe").map(describeCondition);
      return [{ id: statement.id, words }];
    });
    const best = open.toSorted((a, b) => a.words.length - b.words.length)[0];
    return best === undefined ? null : { ...best, statements: open.map(({ id, words }) => ({ id, certain: words.length === 0 })) };
  }

  /** The tags of the session: none where the association turns them off. What a listing is called here need not be the cluster's name. */
  #tagsOf(grant: Grant): ReadonlyMap<string, readonly string[]> {
    const at = parseRbacRef(grant.from);
    if (grant.attributes["sessionTags"] === false) return new Map([["aws:requesttag/", []]]);
    const arn = at === null ? null : this.#map.arnOf(at.cluster);
    const stated = grant.attributes["clusterName"];
    const name = typeof stated === "string" ? stated : arn?.slice(arn.lastIndexOf("/") + 1);
    const tags: readonly (readonly [string, string | null | undefined])[] = [
      ["kubernetes-namespace", at?.namespace],
      ["kubernetes-service-account", at?.name],
      ["eks-cluster-name", name],
      ["eks-cluster-arn", arn],
    ];
    return new Map(tags.flatMap(([tag, value]) => (typeof value === "string" ? [[`aws:requesttag/${tag}`, [value]] as const] : [])));
  }
}
