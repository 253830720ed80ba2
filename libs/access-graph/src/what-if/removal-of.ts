import type { Grant } from "@rollcall/nhi-model";
import { isInherent } from "../inherent-grant.ts";
import { isRecord } from "../is-record.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { AccessGraph, GraphInput, Ground } from "../types.ts";
import { credentialGround, grantGround, shieldGround, statementGround } from "../ways.ts";
import { statementsOf } from "./statements-of.ts";
import { edgesByGround } from "./overlay.ts";
import type { Removal } from "./overlay.ts";
import type { Change } from "./what-if-types.ts";

export interface PlannedRemoval {
  readonly removal: Removal;
  /** Why taking these away from the graph may not be all that happens, in words; empty = it is exact. */
  readonly obstacles: readonly string[];
}

/** Interchangeable grounds are kept up to four deep (see docs/adr): this many changes at once are exact for certain. */
const exactUpTo = 3;

/** What changes take from a graph, and what they might do besides that only the inventory can tell. */
export function removalOf(
  graph: AccessGraph,
  changes: readonly Change[],
  known: { readonly inventory?: GraphInput | undefined; readonly grants?: readonly Grant[] | undefined },
): PlannedRemoval {
  const grounds = new Set<Ground>();
  const nodes = new Set<number>();
  const rotated = new Set<number>();
  const obstacles: string[] = changes.length > exactUpTo ? ["many changes at once: routes beyond the fourth of a kind are not kept"] : [];
  const byGround = edgesByGround(graph);
  const grants = known.inventory?.grants ?? known.grants ?? [];
  for (const change of changes) {
    switch (change.kind) {
      case "revoke_credential":
        grounds.add(credentialGround(change.credential));
        break;
      case "rotate_credential": {
        const node = graph.indexByKey.get(change.credential);
        if (node !== undefined) rotated.add(node);
        break;
      }
      case "delete_identity":
        for (const node of withCredentials(graph, change.identity)) nodes.add(node);
        obstacles.push("a policy that names a deleted identity may come to mean another one");
        break;
      case "remove_grant": {
        const grant = grants.find(({ id }) => id === change.grant);
        if (grant !== undefined && isInherent(grant)) {
          obstacles.push(`grant ${change.grant} was given by nobody, and nobody can take it away`);
          break;
        }
        if (grant?.grantKind === "trust") {
          for (const ground of byGround.keys()) if (isTrustOf(grant.from, ground)) grounds.add(ground);
          break;
        }
        grounds.add(grantGround({ id: change.grant }));
        if (byGround.has(shieldGround({ id: change.grant }))) {
          grounds.add(shieldGround({ id: change.grant }));
          obstacles.push(`grant ${change.grant} also forbids something, or keeps other roles from being guessed`);
        } else if (!byGround.has(grantGround({ id: change.grant })))
          obstacles.push(`grant ${change.grant} gives nothing by itself; whether it forbids something is not known here`);
        break;
      }
      case "remove_statement": {
        const ground = statementGround(change.policy, change.statement);
        grounds.add(ground);
        const obstacle = statementObstacle(known.inventory, change, byGround.has(ground));
        if (obstacle !== null) obstacles.push(obstacle);
        break;
      }
      default:
        obstacles.push(`a new document for ${change.policy} needs the inventory to be judged`);
    }
  }
  return { removal: { grounds, nodes, edges: stolen(graph, rotated) }, obstacles };
}

/** Whether the graph by itself can tell what these changes do; if not, it takes building the changed inventory. */
export const answersPlan = (graph: AccessGraph, changes: readonly Change[], inventory: GraphInput): boolean =>
  removalOf(graph, changes, { inventory }).obstacles.length === 0;

/** After a rotation an outsider holds a value that no longer works. */
function stolen(graph: AccessGraph, rotated: ReadonlySet<number>): number[] {
  const { from, incoming } = graphIndex(graph);
  return [...rotated].flatMap((node) =>
    [...incoming.edgeIds.subarray(incoming.offsets[node], incoming.offsets[node + 1])].filter(
      (edge) => graph.nodes[from[edge]!]!.kind === "external",
    ),
  );
}

/** What removing a statement may do besides ending what rests on it; null = nothing. */
function statementObstacle(
  inventory: GraphInput | undefined,
  change: Extract<Change, { kind: "remove_statement" }>,
  isGround: boolean,
): string | null {
  const { policy, statement } = change;
  // Rules of a role limit one another by name: without one of them another may give less or more than it does now.
  if (policy.startsWith("k8s:")) return `${statement} of ${policy} may overlap with other rules`;
  const mayForbid = `${statement} of ${policy} may forbid something`;
  if (inventory === undefined) return isGround ? null : mayForbid;
  if (isWhole(inventory, policy)) return `${policy} is judged as a whole, not statement by statement`;
  if (hasOtherVersions(inventory, policy)) return `another version of ${policy} may give more than what is left of it`;
  return effectsOf(inventory, change).some((effect) => effect !== "Allow") ? mayForbid : null;
}

/** Edges rest on policies of resources and organisations as they are, not on one statement of them. */
const isWhole = ({ grants, resources }: GraphInput, policy: string): boolean =>
  grants.some(
    ({ grantKind, from, to }) =>
      (grantKind === "resource_policy" && from === policy) || ((grantKind === "scp" || grantKind === "rcp") && to === policy),
  ) || resources.some(({ ref, attributes }) => ref === policy && attributes["resourcePolicy"] !== undefined);

const hasOtherVersions = ({ resources }: GraphInput, policy: string): boolean =>
  resources.some(
    ({ ref, attributes }) => ref === policy && Array.isArray(attributes["otherVersions"]) && attributes["otherVersions"].length > 0,
  );

/** Inline policies of the role begin with its ARN too. */
const isTrustOf = (role: string, ground: Ground): boolean =>
  ground.startsWith(statementGround(role, "")) && !ground.startsWith(statementGround(role, "inline/"));

/** The identity and the credentials that are nobody else's. */
function withCredentials(graph: AccessGraph, identity: string): number[] {
  const node = graph.indexByKey.get(identity);
  if (node === undefined) return [];
  const { from, incoming } = graphIndex(graph);
  const edges = [...incoming.edgeIds.subarray(incoming.offsets[node], incoming.offsets[node + 1])];
  return [node, ...edges.flatMap((edge) => (graph.edges[edge]!.kind === "AUTHENTICATES_AS" ? [from[edge]!] : []))];
}

const effectsOf = (
  { resources, grants }: GraphInput,
  { policy, statement }: { readonly policy: string; readonly statement: string },
): unknown[] =>
  [
    ...resources.filter(({ kind, ref }) => kind === "policy" && ref === policy).map(({ attributes }) => attributes["document"]),
    ...grants.filter(({ grantKind, from }) => grantKind === "trust" && from === policy).map(({ attributes }) => attributes["document"]),
  ]
    .flatMap(statementsOf)
    .filter(({ id }) => id === statement)
    .map(({ statement: found }) => (isRecord(found) ? found["Effect"] : undefined));
