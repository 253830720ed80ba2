import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import { byText } from "../order.ts";
import { accountOfArn } from "./arn.ts";
import type { PrincipalChains } from "./chains.ts";
import { samlKey } from "./federation-edges.ts";
import { mayAllow, onResource } from "./target-class.ts";
import { providerTechnique } from "./techniques.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

const action = "iam:UpdateSAMLProvider";

/** CAN_MODIFY_TRUST: whoever writes the metadata of a SAML provider signs anybody in that roles let it sign in. */
export class ProviderEdges {
  readonly #draft: GraphDraft;
  /** That roles trust, by account of the provider. */
  readonly #providers: ReadonlyMap<string | null, readonly string[]>;

  constructor(draft: GraphDraft, world: AwsWorld) {
    this.#draft = draft;
    const named = new Set(
      world.principals.flatMap(({ trust }) =>
        (trust?.policy.allows ?? []).flatMap(({ principals }) =>
          (principals ?? []).flatMap(({ kind, value }) => (kind === "Federated" && value.includes(":saml-provider/") ? [value] : [])),
        ),
      ),
    );
    this.#providers = Map.groupBy([...named].sort(byText), accountOfArn);
  }

  add({ key, account, policies }: AwsPrincipal, chains: PrincipalChains): void {
    const providers = this.#providers.get(account);
    if (providers === undefined || !mayAllow(policies, action)) return;
    for (const provider of providers) {
      // No role lets it sign anybody in for certain or perhaps.
      if (!this.#draft.hasNode(samlKey(provider))) continue;
      const selected = onResource(policies, [{ action }], provider);
      if (selected === null) continue;
      const { facts, conditions, ways } = selected;
      this.#draft.addEdge({
        from: key,
        to: samlKey(provider),
        kind: "CAN_MODIFY_TRUST",
        conditional: conditions.length > 0,
        level: null,
        why: resting(evidence(facts, providerTechnique, conditions), ways.map(chains.localise)),
      });
    }
  }
}
