import { derivedNode } from "../derived-node.ts";
import type { BuildContext } from "../edge-builder.ts";
import { addUnlistedGap } from "../federation/federates-to.ts";
import type { Federate } from "../federation/federates-to.ts";
import { sameIssuer } from "../federation/workload-token.ts";
import { isRecord } from "../is-record.ts";
import type { Located } from "../inventory.ts";
import type { ServiceAccountNode } from "./service-account-node.ts";
import { subjectOf } from "./service-account-node.ts";

type CloudIdentity = Extract<Located, { kind: "identity" }>;

/** How one cloud ties a service account to an identity of its own. */
interface Tie {
  readonly annotation: "gcpServiceAccount" | "azureClientId";
  readonly providers: readonly string[];
  readonly provider: string;
  /** The other side's list of who may use it; absent = not known. */
  readonly list: "workloadIdentityMembers" | "federatedCredentials";
  readonly accepts: (entry: unknown, account: ServiceAccountNode) => "yes" | "no" | "maybe";
  readonly open: string;
}

/** The member is `<project>.svc.id.goog[<namespace>/<name>]`: the project of the pool is the cluster's, which only some names of it state. */
const gke: Tie = {
  annotation: "gcpServiceAccount",
  providers: ["gcp", "google"],
  provider: "gcp",
  list: "workloadIdentityMembers",
  accepts: (entry, { cluster, namespace, name }) => {
    const member = `.svc.id.goog[${namespace}/${name}]`;
    if (typeof entry !== "string" || !entry.endsWith(member)) return "no";
    const project = projectOf(cluster);
    return project === null || entry.replace(/^serviceAccount:/, "") === `${project}${member}` ? "yes" : "no";
  },
  open: "the service account of Google Cloud lists this one among its Workload Identity users",
};

/** Contexts of kubectl are called `gke_<project>_<location>_<cluster>`; none of the three has an underscore. */
const projectOf = (cluster: string): string | null => /^gke_([^_]+)_[^_]+_[^_]+$/.exec(cluster)?.[1] ?? null;

const aks: Tie = {
  annotation: "azureClientId",
  providers: ["azure", "entra", "microsoft"],
  provider: "azure",
  list: "federatedCredentials",
  accepts: (entry, account) => {
    if (!isRecord(entry) || entry["subject"] !== subjectOf(account)) return "no";
    if (account.issuer === null || typeof entry["issuer"] !== "string") return "maybe";
    return sameIssuer(entry["issuer"], account.issuer) ? "yes" : "no";
  },
  open: "the application has a federated credential for this service account and cluster",
};

const ties: readonly Tie[] = [gke, aks];
const ofClouds: ReadonlySet<string> = new Set(ties.flatMap(({ providers }) => providers));

/** Identities of Google Cloud and Azure that a service account names in an annotation. */
export class NamedCloudIdentities {
  readonly #context: BuildContext;
  readonly #federate: Federate;
  #byName: ReadonlyMap<string, readonly CloudIdentity[]> | null = null;

  constructor(context: BuildContext, federate: Federate) {
    this.#context = context;
    this.#federate = federate;
  }

  /** Made when the first service account asks: few estates have one. */
  #named(): ReadonlyMap<string, readonly CloudIdentity[]> {
    if (this.#byName !== null) return this.#byName;
    const byName = new Map<string, CloudIdentity[]>();
    for (const located of this.#context.inventory.all) {
      if (located.kind !== "identity" || !ofClouds.has(located.entity.provider.toLowerCase())) continue;
      const { provider, ref, nativeId, attributes } = located.entity;
      const names = [
        ref,
        ref.slice(Math.max(ref.lastIndexOf("/"), ref.lastIndexOf(":")) + 1),
        nativeId,
        attributes["email"],
        attributes["clientId"],
      ];
      for (const name of new Set(names)) {
        if (typeof name !== "string" || name === "") continue;
        const key = `${provider.toLowerCase()}\n${name.toLowerCase()}`;
        const known = byName.get(key);
        if (known === undefined) byName.set(key, [located]);
        else if (known.at(-1) !== located) known.push(located);
      }
    }
    return (this.#byName = byName);
  }

  addEdges(account: ServiceAccountNode): void {
    for (const tie of ties) {
      const name = account.located.entity.attributes[tie.annotation];
      if (typeof name === "string" && name !== "") this.#addTied(account, tie, name);
    }
  }

  /** An application and its principal share a name: whoever is let in by one of them is both. */
  #addTied(account: ServiceAccountNode, tie: Tie, name: string): void {
    const targets = tie.providers.flatMap((provider) => this.#named().get(`${provider}\n${name.toLowerCase()}`) ?? []);
    const lists = targets.flatMap((target) => {
      const listed = target.entity.attributes[tie.list];
      return Array.isArray(listed) ? [listed.map((entry: unknown) => tie.accepts(entry, account))] : [];
    });
    const answers = lists.length > 0 ? lists.flat() : ["maybe" as const];
    // The annotation alone gives nothing: the other side has to name the service account.
    if (!answers.includes("yes") && !answers.includes("maybe")) return;
    const conditions = answers.includes("yes") ? [] : [tie.open];
    const annotated = { ref: account.located.entity.ref, detail: `annotated with ${name}` };
    for (const { key, entity } of targets) {
      const accepted = conditions.length === 0 ? [{ ref: entity.ref, detail: `accepts ${subjectOf(account)}` }] : [];
      this.#federate({ from: account.located.key, to: key, facts: [annotated, ...accepted], conditions });
    }
    if (targets.length === 0) this.#federate({ from: account.located.key, to: this.#outside(tie, name), facts: [annotated], conditions });
  }

  #outside({ provider }: Tie, name: string): string {
    const { draft } = this.#context;
    addUnlistedGap(draft, `${provider}:${name}`);
    return draft.addNode({ ...derivedNode(`external:${provider}:${name}`, name, { provider }), kind: "external", subkind: "external" });
  }
}
