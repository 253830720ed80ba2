import { evidence, resting } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { Bindings, BoundRole } from "./bindings.ts";
import { grantedNames, grantingRules, isEverything } from "./rbac-rules.ts";
import type { RbacNeed, RbacRule } from "./rbac-rules.ts";
import type { Way } from "../types.ts";
import { openNeed } from "../ways.ts";
import { rbacTechniques } from "./rbac-techniques.ts";
import type { RbacTechnique } from "./rbac-techniques.ts";
import { techniqueTargets } from "./technique-targets.ts";

/** What a role gives where it is bound. RBAC only adds, so the role itself can be the hub of everyone who holds it. */
export function roleEdges({ draft }: BuildContext, bindings: Bindings, role: BoundRole & { readonly sourceId: string }): void {
  const { map } = bindings;
  const { cluster, namespace, key, ref } = role;
  if (role.rules.some(isEverything)) {
    const to = namespace === null ? map.cluster(cluster) : map.namespace(cluster, namespace);
    const grounds = role.rules.filter(isEverything).map(({ ground }) => (ground === undefined ? [] : [ground]));
    const why = resting(evidence([{ ref, detail: "every verb on every resource" }]), [[grounds]]);
    draft.addEdge({ from: key, to, kind: "OWNS", conditional: false, level: null, why });
    return;
  }
  for (const technique of rbacTechniques) {
    if (!appliesIn(technique, namespace)) continue;
    const names = satisfied((need) => (counts(need, role) ? role.rules : []), technique);
    if (names === null) continue;
    const facts = [{ ref, detail: technique.needs.map(wordsOf).join(" and ") }];
    for (const { key: to, conditions } of techniqueTargets(bindings, { ...role, technique, names })) {
      if (to !== key)
        draft.addEdge({
          from: key,
          to,
          kind: technique.edge,
          conditional: conditions.length > 0,
          level: null,
          why: resting(evidence(facts, technique.id, conditions), [
            openOr(
              conditions,
              technique.needs.map((need) => grantingRules(role.rules, need)),
            ),
          ]),
        });
    }
  }
  if (grantedNames(role.rules, secretWrites) === "all") {
    draft.addEdge({
      from: key,
      to: map.scope(cluster, namespace, "secrets"),
      kind: "ACCESSES",
      conditional: false,
      level: "write",
      why: resting(evidence([{ ref, detail: "update, patch or delete secrets" }]), [[grantingRules(role.rules, secretWrites)]]),
    });
  }
}

const secretWrites: RbacNeed = { apiGroup: "", resource: "secrets", verbs: ["update", "patch", "delete"] };

/** The way of an edge, with a need that stays open where something else must hold. */
export const openOr = (conditions: readonly string[], way: Way): Way => (conditions.length > 0 ? [openNeed, ...way] : way);

/** Cluster-wide grants hold in every namespace; those inside one do not reach objects of the cluster or of another namespace. */
export const appliesIn = (technique: RbacTechnique, namespace: string | null): boolean =>
  namespace === null || (technique.clusterWideOnly !== true && (technique.onlyIn ?? namespace) === namespace);

/** Whether what a role grants, where it is bound, can meet the need. */
export const counts = ({ inCluster }: RbacNeed, { namespace }: Pick<BoundRole, "namespace">): boolean =>
  inCluster !== true || namespace === null;

/** Null when the rules do not carry the technique; else the names to which it is limited, or "all". */
export function satisfied(rulesFor: (need: RbacNeed) => readonly RbacRule[], technique: RbacTechnique): "all" | readonly string[] | null {
  let limit: "all" | readonly string[] = "all";
  for (const need of technique.needs) {
    const names = grantedNames(rulesFor(need), need);
    if (names === null) return null;
    if (names === "all" || need.named === "any") continue;
    if (need.named !== "narrow") return null;
    limit = names;
  }
  return limit;
}

export const wordsOf = (need: RbacNeed): string => `${need.verbs.join(" or ")} ${need.resource}`;
