import type { Grant } from "@rollcall/nhi-model";
import { evidence, resting } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import { byText } from "../order.ts";
import type { Way } from "../types.ts";
import { grantGround } from "../ways.ts";
import type { Bindings, BoundRole } from "./bindings.ts";
import { grantingRules, isEverything } from "./rbac-rules.ts";
import { appliesIn, counts, openOr, satisfied, wordsOf } from "./role-edges.ts";
import { rbacTechniques } from "./rbac-techniques.ts";
import type { RbacTechnique } from "./rbac-techniques.ts";
import { techniqueTargets } from "./technique-targets.ts";

/** A role somebody holds, and by which binding: its own or that of a group it is in. */
export interface Holding {
  readonly role: BoundRole;
  readonly grant: Grant;
}

const combinable = rbacTechniques.filter((technique) => technique.needs.length > 1);

/** Techniques that several roles of a subject carry together: one may create secrets, another one read them. */
export function combinedEdges(
  { draft }: BuildContext,
  bindings: Bindings,
  { subject, holdings }: { subject: string; holdings: readonly Holding[] },
): void {
  if (holdings.length < 2) return;
  for (const [namespace, held] of heldIn(holdings)) {
    for (const technique of held.length < 2 ? [] : combinable) {
      if (!appliesIn(technique, namespace)) continue;
      const givers = technique.needs.map((need) =>
        held.filter(({ role }) => counts(need, role) && grantingRules(role.rules, need).length > 0),
      );
      const names = isShared(givers, namespace)
        ? satisfied((need) => held.flatMap(({ role }) => (counts(need, role) ? role.rules : [])), technique)
        : null;
      if (names === null) continue;
      const { role, grant } = held[0]!;
      const carried = { technique, names, namespace, cluster: role.cluster, sourceId: grant.sourceId };
      for (const { key, conditions } of techniqueTargets(bindings, carried))
        draft.addEdge({
          from: subject,
          to: key,
          kind: technique.edge,
          conditional: conditions.length > 0,
          level: null,
          why: resting(evidence(factsOf(technique, givers), technique.id, conditions), [openOr(conditions, wayOf(technique, givers))]),
        });
    }
  }
}

/** What counts cluster-wide (null) and in each namespace, where what is held cluster-wide counts too. */
function heldIn(holdings: readonly Holding[]): readonly (readonly [string | null, readonly Holding[]])[] {
  // A role of everything is what it owns, alone or beside others: taking another role away must not change what it gives.
  const counting = holdings.map((holding, order) => ({ holding, order })).filter(({ holding }) => !holding.role.rules.some(isEverything));
  const byNamespace = Map.groupBy(counting, ({ holding }) => holding.role.namespace);
  const everywhere = byNamespace.get(null) ?? [];
  const namespaces = [...byNamespace.keys()].filter((each) => each !== null).sort(byText);
  return [null, ...namespaces].map((namespace) => {
    const here = namespace === null ? [] : byNamespace.get(namespace)!;
    return [namespace, [...everywhere, ...here].sort((a, b) => a.order - b.order).map(({ holding }) => holding)] as const;
  });
}

/** Worth an edge of its own: not all from one role, and not all from cluster-wide ones, which are looked at by themselves. */
const isShared = (givers: readonly (readonly Holding[])[], namespace: string | null): boolean =>
  new Set(givers.flat()).size > 1 && (namespace === null || givers.flat().some(({ role }) => role.namespace === namespace));

/** Every need falls with the last binding or rule that gives it. */
const wayOf = (technique: RbacTechnique, givers: readonly (readonly Holding[])[]): Way =>
  technique.needs.map((need, index) =>
    givers[index]!.flatMap(({ role, grant }) => grantingRules(role.rules, need).map((grounds) => [grantGround(grant), ...grounds])),
  );

/** One role for each need. */
function factsOf(technique: RbacTechnique, givers: readonly (readonly Holding[])[]): { ref: string; detail: string }[] {
  return technique.needs.flatMap((need, index) => {
    const giver = givers[index]![0];
    return giver === undefined ? [] : [{ ref: giver.role.ref, detail: wordsOf(need) }];
  });
}
