import type { AccessGraph, Change } from "@rollcall/access-graph";
import type { Grant } from "@rollcall/nhi-model";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";

/** What is known to name a change with. */
export interface Names {
  readonly graph: AccessGraph;
  readonly snapshot: WorkspaceSnapshot;
}

/** One line that says what to do, in the order somebody would do it: verb, thing, where. */
export function changeTitle(change: Change, names: Names): string {
  switch (change.kind) {
    case "revoke_credential":
      return `Revoke ${labelOf(change.credential, names)}${holderOf(change.credential, names)}`;
    case "rotate_credential":
      return `Rotate ${labelOf(change.credential, names)}${holderOf(change.credential, names)}`;
    case "delete_identity":
      return `Delete ${labelOf(change.identity, names)}`;
    case "remove_grant": {
      const grant = grantsById(names.snapshot).get(change.grant);
      return grant === undefined ? "Remove a grant that is no longer there" : grantTitle(grant, names);
    }
    case "remove_statement":
      return `Remove ${statementWords(change.statement)} of ${shortName(change.policy)}`;
    case "narrow_statement":
      return `${narrowWords(change)} ${statementWords(change.statement)} of ${shortName(change.policy)}`;
    case "narrow_policy":
      return `Replace ${shortName(change.policy)} by a narrower policy`;
  }
}

const grantMaps = new WeakMap<WorkspaceSnapshot, ReadonlyMap<string, Grant>>();
export function grantsById(snapshot: WorkspaceSnapshot): ReadonlyMap<string, Grant> {
  const known = grantMaps.get(snapshot) ?? new Map(snapshot.grants.map((grant) => [grant.id, grant]));
  grantMaps.set(snapshot, known);
  return known;
}

function grantTitle(grant: Grant, names: Names): string {
  const [from, to] = [entityName(grant.from, names), entityName(grant.to, names)];
  switch (grant.grantKind) {
    case "attached_policy":
      return inlineName(grant.to) === undefined
        ? `Detach ${to} from ${from}`
        : `Remove the inline policy ${inlineName(grant.to)} of ${from}`;
    case "membership":
      return `Take ${from} out of ${to}`;
    case "trust":
      return `Empty the trust policy of ${from}`;
    case "role_binding":
      return `Remove the binding of ${from} to ${roleWords(grant.to, to)}`;
    case "STORES":
    case "mounts_secret":
    case "USES_SECRET":
      return `Remove the secret ${to} from ${from}`;
    default:
      return `Remove the grant from ${from} to ${to}`;
  }
}

/** The name of an inline policy, which belongs to its holder alone. */
const inlineName = (ref: string): string | undefined => ref.split("#inline/")[1];

/** A role and a cluster role often bear one name: `ClusterRole view`. */
const roleWords = (ref: string, name: string): string => {
  const kind = /\/((?:Cluster)?Role)\/[^/]+$/.exec(ref)?.[1];
  return kind === undefined ? name : `${kind} ${name}`;
};

function entityName(ref: string, { graph }: Names): string {
  for (const kind of ["identity", "resource", "credential"]) {
    const node = graph.indexByKey.get(`${kind}:${ref}`);
    if (node !== undefined) return graph.nodes[node]!.label;
  }
  return shortName(ref);
}

function labelOf(key: string, { graph }: Names): string {
  const node = graph.indexByKey.get(key);
  return node === undefined ? shortName(key) : graph.nodes[node]!.label;
}

/** " of svc-deploy" for a credential whose holder is known. */
function holderOf(key: string, { graph }: Names): string {
  const node = graph.indexByKey.get(key);
  const edge = node === undefined ? undefined : graph.edges.find(({ from, kind }) => from === node && kind === "AUTHENTICATES_AS");
  return edge === undefined ? "" : ` of ${graph.nodes[edge.to]!.label}`;
}

const few = (items: readonly string[], noun: string): string => (items.length <= 2 ? items.join(" and ") : `${items.length} ${noun}`);

function narrowWords({ removeActions, removeResources, addConditions }: Extract<Change, { kind: "narrow_statement" }>): string {
  const removed = [
    ...(removeActions.length > 0 ? [removeActions.length <= 2 ? removeActions.join(" and ") : `${removeActions.length} actions`] : []),
    ...(removeResources.length > 0 ? [few(removeResources, "resources")] : []),
  ];
  const asked = few(
    addConditions.map(({ key }) => key),
    "conditions",
  );
  if (removed.length === 0) return `Ask for ${asked} in`;
  return `Take ${removed.join(" and ")} out of${addConditions.length > 0 ? `, and ask for ${asked} in,` : ""}`;
}

const statementWords = (statement: string): string => (/^(statement|rule) \d+$/.test(statement) ? statement : `statement "${statement}"`);

/** The readable end of an ARN or a path; what stands before an inline policy's name says whose it is. */
export function shortName(ref: string): string {
  const [owner = ref, inline] = ref.split("#inline/");
  const last = owner.slice(Math.max(owner.lastIndexOf("/"), owner.lastIndexOf(":")) + 1);
  return inline === undefined ? last : `${inline} (inline in ${last})`;
}
