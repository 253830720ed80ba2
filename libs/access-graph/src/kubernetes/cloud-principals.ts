import type { Grant } from "@rollcall/nhi-model";
import { globMatches } from "../aws/glob.ts";
import type { BuildContext } from "../edge-builder.ts";
import { evidence, resting } from "../edge-builder.ts";
import { outsider } from "../federation/federates-to.ts";
import type { EdgeKind } from "../types.ts";
import { grantGround, restsOn } from "../ways.ts";
import type { Bindings } from "./bindings.ts";
import type { KubernetesThing } from "./cluster-map.ts";
import { parseRbacRef, rbacRef } from "./rbac-ref.ts";

/** grantKind of what a cluster of EKS lets principals of AWS be: in a group, a user, a node; or any principal of an account. */
export const cloudPrincipalGrants: ReadonlySet<string> = new Set(["group_member", "signs_in_as", "node_identity", "account_signs_in"]);

const via: Readonly<Record<string, string>> = { access_entry: "access entry", aws_auth: "config map aws-auth" };

/** Principals of AWS inside a cluster: whom the cluster takes them for. */
export class CloudPrincipals {
  /** Groups of the cluster by the principal that is in them. */
  readonly groupsOf = new Map<string, string[]>();
  readonly #context: BuildContext;
  readonly #bindings: Bindings;
  readonly #users = new Map<string, readonly KubernetesThing[]>();
  #byCanonical: ReadonlyMap<string, string> | null = null;

  constructor(context: BuildContext, bindings: Bindings) {
    this.#context = context;
    this.#bindings = bindings;
  }

  add(grant: Grant): void {
    const cluster = parseRbacRef(grant.to)?.cluster;
    if (cluster === undefined) return;
    if (grant.grantKind === "account_signs_in") this.#addAccount(grant, cluster);
    else if (grant.grantKind === "node_identity") this.#addNode(grant, cluster);
    else if (grant.grantKind === "group_member") this.#join(grant, this.keyOf(grant), grant.to);
    else this.#addSignIn(grant, cluster);
  }

  /** The node of a principal; one that no source lists stands outside of what is known. */
  keyOf(grant: Grant): string {
    const { inventory, draft } = this.#context;
    const arn = (grant.attributes["pathless"] === true ? this.#canonical().get(canonical(grant.from)) : undefined) ?? grant.from;
    return inventory.resolve(grant.sourceId, arn)?.key ?? outsider(draft, arn);
  }

  /** The config map drops the path of a role. Names of roles are unique in an account, so this is no guess. */
  #canonical(): ReadonlyMap<string, string> {
    return (this.#byCanonical ??= new Map(
      this.#context.inventory.identities.flatMap(({ ref }) =>
        /^arn:[^:]*:iam::\d{12}:role\//.test(ref) ? [[canonical(ref), ref] as const] : [],
      ),
    ));
  }

  #join(grant: Grant, principal: string, group: string): void {
    const to = this.#context.inventory.resolve(grant.sourceId, group)?.key;
    if (to === undefined) return;
    this.#edge(grant, { from: principal, to, kind: "MEMBER_OF" });
    const known = this.groupsOf.get(principal) ?? [];
    if (!known.includes(to)) this.groupsOf.set(principal, [...known, to]);
  }

  /** Everybody whom the cluster lets in is in one built-in group; users matter where a binding names them. */
  #addSignIn(grant: Grant, cluster: string): void {
    const principal = this.keyOf(grant);
    this.#join(grant, principal, rbacRef({ cluster, namespace: null, kind: "Group", name: "system:authenticated" }));
    const name = grant.attributes["username"];
    if (typeof name !== "string" || name === "") return;
    const account = /:iam::(\d{12}):/.exec(grant.from)?.[1] ?? "";
    const pattern = name.replaceAll("{{AccountID}}", account).replace(/\{\{[^{}]*\}\}/g, "*");
    const conditions = pattern.includes("*") ? ["the name of its session is that of this user"] : [];
    for (const { located, at } of this.#usersOf(cluster))
      if (globMatches(pattern, at.name)) this.#edge(grant, { from: principal, to: located.key, kind: "FEDERATES_TO", conditions });
  }

  /** Users whom some binding of the cluster names. */
  #usersOf(cluster: string): readonly KubernetesThing[] {
    let users = this.#users.get(cluster);
    if (users === undefined)
      this.#users.set(cluster, (users = this.#bindings.map.thingsOf(cluster).filter(({ at }) => at.kind === "User")));
    return users;
  }

  /** Machines sign in with the role of their instance profile: with it one is the agent of a node. */
  #addNode(grant: Grant, cluster: string): void {
    this.#edge(grant, {
      from: this.keyOf(grant),
      to: this.#bindings.nodes.all(cluster),
      kind: "CAN_CONTROL_COMPUTE",
      technique: "k8s-node-token",
      conditions: ["the nodes of the cluster run with this role"],
    });
  }

  #addAccount(grant: Grant, cluster: string): void {
    const account = grant.from.slice("aws:account:".length);
    for (const { located, at } of this.#usersOf(cluster))
      if (isOfAccount(at.name, account))
        this.#edge(grant, {
          from: this.#context.inventory.resolve(grant.sourceId, at.name)?.key ?? outsider(this.#context.draft, at.name),
          to: located.key,
          kind: "FEDERATES_TO",
        });
  }

  #edge(
    grant: Grant,
    {
      from,
      to,
      kind,
      technique = null,
      conditions = [],
    }: { from: string; to: string; kind: EdgeKind; technique?: string | null; conditions?: readonly string[] },
  ): void {
    const detail = via[String(grant.attributes["via"])] ?? "stated by the source";
    this.#context.draft.addEdge({
      from,
      to,
      kind,
      conditional: conditions.length > 0,
      level: null,
      why: resting(evidence([{ ref: grant.ref, detail }], technique, conditions), restsOn(grantGround(grant), conditions.length > 0)),
    });
  }
}

/** arn:<partition>:iam::<account>:… */
const isOfAccount = (name: string, account: string): boolean => {
  const [arn, , service, region, owner] = name.split(":", 5);
  return arn === "arn" && service === "iam" && region === "" && owner === account;
};

const canonical = (arn: string): string => arn.toLowerCase().replace(/:role\/.*\//, ":role/");
