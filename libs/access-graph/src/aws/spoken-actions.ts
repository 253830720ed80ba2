import { lowerAction, serviceOfAction } from "./action-name.ts";
import { hasWildcard } from "./glob.ts";
import { PerDocument } from "./per-document.ts";
import type { CompiledPolicy } from "./policy.ts";

/** A fixed list of actions, and which of them the allows of a document speak of: found from the document's own words, once per document. */
export class SpokenActions {
  readonly #lower: readonly string[];
  readonly #every: readonly number[];
  readonly #byAction: ReadonlyMap<string, number>;
  readonly #byService: ReadonlyMap<string, readonly number[]>;
  readonly #spoken = new PerDocument((policy) => this.#find(policy));

  constructor(actions: readonly string[]) {
    this.#lower = actions.map(lowerAction);
    this.#every = actions.map((_, index) => index);
    this.#byAction = new Map(this.#lower.map((action, index) => [action, index]));
    this.#byService = Map.groupBy(this.#every, (index) => serviceOfAction(actions[index]!));
  }

  /** Places in the list, in ascending order. */
  of(policy: CompiledPolicy): readonly number[] {
    return this.#spoken.of(policy);
  }

  #find(policy: CompiledPolicy): readonly number[] {
    const possible = new Set<number>();
    for (const { actions, notActions } of policy.allows) {
      if (notActions !== null) for (const index of this.#every) possible.add(index);
      else for (const action of actions) this.#addMeant(action, possible);
    }
    if (possible.size === 0) return none;
    const spoken: number[] = [];
    for (const index of possible) if (policy.matching(this.#lower[index]!).allows.length > 0) spoken.push(index);
    return spoken.sort((a, b) => a - b);
  }

  #addMeant(pattern: string, to: Set<number>): void {
    if (!hasWildcard(pattern)) {
      const index = this.#byAction.get(pattern);
      if (index !== undefined) to.add(index);
      return;
    }
    const service = pattern.slice(0, Math.max(0, pattern.indexOf(":")));
    const meant = service === "" || hasWildcard(service) ? this.#every : this.#byService.get(service);
    for (const index of meant ?? none) to.add(index);
  }
}

const none: readonly number[] = [];
