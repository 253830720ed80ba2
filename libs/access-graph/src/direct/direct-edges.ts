import { accessLevel } from "@rollcall/nhi-model";
import type { Grant } from "@rollcall/nhi-model";
import type { BuildContext, EdgeBuilder } from "../edge-builder.ts";
import { evidence, resting } from "../edge-builder.ts";
import { isEdgeKind } from "../edge-kinds.ts";
import { missingEnd, unknownKind } from "../gap-words.ts";
import { isInherent } from "../inherent-grant.ts";
import type { Way } from "../types.ts";
import { grantGround, restsOn, shieldGround } from "../ways.ts";

/** Dialect `direct`: an integration states the edge itself; grantKind is the edge kind. */
export const directEdges: EdgeBuilder = {
  dialect: "direct",
  build: (context) => {
    for (const grant of context.grants) addStatedEdge(context, grant);
  },
};

function addStatedEdge({ inventory, draft }: BuildContext, grant: Grant): void {
  const kind = grant.grantKind;
  if (!isEdgeKind(kind)) {
    draft.addGap({ ref: grant.from, what: "not_modelled", detail: unknownKind(grant) });
    return;
  }
  const [from, to] = [inventory.resolve(grant.sourceId, grant.from), inventory.resolve(grant.sourceId, grant.to)];
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? grant.from : grant.to;
    draft.addGap({
      ref: grant.from,
      what: "unresolved_reference",
      detail: missingEnd(grant, missing),
    });
    return;
  }
  const stated = grant.attributes["conditions"];
  const conditions = Array.isArray(stated) ? stated.filter((item): item is string => typeof item === "string") : [];
  const conditional = grant.conditional === true || conditions.length > 0;
  const words = conditional && conditions.length === 0 ? ["the source states this grant with a condition"] : conditions;
  const technique = typeof grant.attributes["technique"] === "string" ? grant.attributes["technique"] : null;
  draft.addEdge({
    from: from.key,
    to: to.key,
    kind,
    conditional,
    level: kind === "ACCESSES" ? (grant.level ?? accessLevel.enum.read) : null,
    why: resting(evidence([{ ref: grant.ref, detail: "stated by the source" }], technique, words), waysOf(grant, conditional)),
  });
}

const waysOf = (grant: Grant, conditional: boolean): readonly Way[] =>
  isInherent(grant) ? [[]] : restsOn(stopsGuessing(grant) ? shieldGround(grant) : grantGround(grant), conditional);

/** Where the role of an AWS machine is not known, every role it might have is guessed. */
const stopsGuessing = (grant: Grant): boolean => grant.grantKind === "RUNS_AS" && grant.from.startsWith("arn:");
