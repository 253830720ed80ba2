import { derivedNode } from "../derived-node.ts";
import type { GraphDraft } from "../draft.ts";
import type { PrincipalChains } from "./chains.ts";
import type { AwsPrincipal } from "./world.ts";

/** A principal as it would be after somebody changed its policies, on a node of its own: what it gains are that node's edges. */
export interface Guise {
  /** Its key is that of the node. */
  readonly principal: AwsPrincipal;
  readonly chains: PrincipalChains;
  readonly label: string;
  /** It has every permission that limits leave it, so that giving itself more changes nothing. */
  readonly isRaised: boolean;
  /** What it gained lets it change nobody: what else it may do is said of whom it was before. */
  readonly leadsNowhere?: boolean;
  /** Limits that it took off, and whom it was before. */
  readonly without?: { readonly limits: readonly string[]; readonly of: string; readonly label: string };
}

/** Guises that something leads to: their own edges are worked out after those of the principals. */
export class Guises {
  readonly #draft: GraphDraft;
  readonly #entered = new Set<string>();
  readonly #waiting: Guise[] = [];

  constructor(draft: GraphDraft) {
    this.#draft = draft;
  }

  /** The key of its node. */
  enter(guise: Guise): string {
    const { key, account } = guise.principal;
    if (this.#entered.has(key)) return key;
    this.#entered.add(key);
    this.#waiting.push(guise);
    return this.#draft.addNode(derivedNode(key, guise.label, { account }));
  }

  next(): Guise | undefined {
    return this.#waiting.shift();
  }
}
