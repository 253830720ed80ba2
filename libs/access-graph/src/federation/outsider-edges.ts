import { derivedNode } from "../derived-node.ts";
import type { GraphDraft } from "../draft.ts";
import { evidence } from "../edge-builder.ts";
import type { Inventory } from "../inventory.ts";
import { isRecord } from "../is-record.ts";

/** CAN_RUN_WORKFLOW from outsiders: a source states in `attributes.openTo` who may start a pipeline without being a member: `{who, how, provided?}`. */
export function outsiderEdges(inventory: Inventory, draft: GraphDraft): void {
  for (const { key, entity } of inventory.allIdentities) {
    if (!Array.isArray(entity.attributes["openTo"])) continue;
    for (const open of entity.attributes["openTo"].filter(isRecord)) {
      const { who, how, provided } = open;
      if (typeof who !== "string" || typeof how !== "string") continue;
      const from = draft.addNode({
        ...derivedNode(`external:${entity.provider}:${who}`, who, { provider: entity.provider }),
        kind: "external",
        subkind: "external",
      });
      const conditions = typeof provided === "string" ? [provided] : [];
      draft.addEdge({
        from,
        to: key,
        kind: "CAN_RUN_WORKFLOW",
        conditional: conditions.length > 0,
        level: null,
        why: evidence([{ ref: entity.ref, detail: how }], null, conditions),
      });
    }
  }
}
