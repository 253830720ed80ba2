import { isKnown, knownValue } from "@rollcall/nhi-model";
import type { Credential } from "@rollcall/nhi-model";
import type { GraphDraft } from "./draft.ts";
import { evidence, resting } from "./edge-builder.ts";
import type { Inventory } from "./inventory.ts";
import { credentialGround, restsOn } from "./ways.ts";

/** A credential lets its holder act as its identity while it is active and unexpired; unknown status makes that conditional. */
export function credentialEdges(inventory: Inventory, draft: GraphDraft, asOf: string): void {
  for (const located of inventory.allCredentials) {
    const owner = inventory.identityById(located.entity.identityId);
    if (owner === undefined) continue;
    const state = usability(located.entity, asOf);
    if (state === "unusable") continue;
    const facts = [{ ref: located.entity.ref, detail: state === "usable" ? "active" : "status not known" }];
    const conditions = state === "usable" ? [] : ["whether this credential is active is not known"];
    draft.addEdge({
      from: located.key,
      to: owner.key,
      kind: "AUTHENTICATES_AS",
      conditional: state === "unsure",
      level: null,
      why: resting(evidence(facts, null, conditions), restsOn(credentialGround(located.key), state === "unsure")),
    });
  }
}

function usability(credential: Credential, asOf: string): "usable" | "unusable" | "unsure" {
  const status = credential.facts["status"];
  const expiresAt = knownValue(credential.facts["expiresAt"]);
  if (typeof expiresAt === "string" && Date.parse(expiresAt) <= Date.parse(asOf)) return "unusable";
  if (!isKnown(status)) return "unsure";
  return status.known === "active" ? "usable" : "unusable";
}
