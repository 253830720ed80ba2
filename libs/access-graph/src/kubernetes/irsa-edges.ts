import { compilePolicy } from "../aws/policy.ts";
import { globMatches } from "../aws/glob.ts";
import { derivedNode } from "../derived-node.ts";
import { trustEntries } from "../aws/trust.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import { openGround, statementGround } from "../ways.ts";
import type { ClusterMap } from "./cluster-map.ts";

/** A service account annotated with an AWS role may become it, if the role's trust policy accepts its subject. */
export function irsaEdges({ draft, inventory }: BuildContext, map: ClusterMap): void {
  const trustOf = new Map(
    inventory.grants
      .filter((grant) => grant.dialect === "aws_iam" && grant.grantKind === "trust")
      .map((grant) => [grant.from, grant.attributes["document"]]),
  );
  for (const { located, at } of map.things) {
    if (located.kind !== "identity" || at.kind !== "ServiceAccount") continue;
    const arn = located.entity.attributes["irsaRoleArn"];
    if (typeof arn !== "string" || arn === "") continue;
    const facts = [{ ref: located.entity.ref, detail: `annotated with ${arn}` }];
    const role = inventory.resolve(located.entity.sourceId, arn);
    const document = trustOf.get(arn);
    if (role === undefined || document === undefined || document === null) {
      const to =
        role?.key ??
        draft.addNode({ ...derivedNode(`external:${arn}`, arn.slice(arn.lastIndexOf(":") + 1)), kind: "external", subkind: "external" });
      draft.addEdge({
        from: located.key,
        to,
        kind: "FEDERATES_TO",
        conditional: true,
        level: null,
        why: evidence(facts, null, ["the role's trust policy accepts this service account"]),
      });
      continue;
    }
    const subject = `system:serviceaccount:${at.namespace}:${at.name}`;
    const accepted = trustEntries(compilePolicy(document)).filter(
      ({ party }) => party.kind === "oidc" && (party.subjects ?? ["*"]).some((pattern) => globMatches(pattern, subject)),
    );
    const best = accepted.find((entry) => entry.conditions.length === 0) ?? accepted[0];
    // The annotation alone gives nothing: without a matching trust there is no edge.
    if (best === undefined) continue;
    draft.addEdge({
      from: located.key,
      to: role.key,
      kind: "FEDERATES_TO",
      conditional: best.conditions.length > 0,
      level: null,
      why: resting(
        evidence([...facts, { ref: arn, detail: `trust policy ${best.statement.id} accepts ${subject}` }], null, best.conditions),
        [
          [
            accepted.map(({ statement, conditions }) => [
              ...(conditions.length > 0 ? [openGround] : []),
              statementGround(arn, statement.id),
            ]),
          ],
        ],
      ),
    });
  }
}
