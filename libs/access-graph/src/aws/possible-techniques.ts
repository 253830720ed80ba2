import { lowerAction } from "./action-name.ts";
import type { PolicySet } from "./evaluate.ts";
import { PerDocument } from "./per-document.ts";
import type { CompiledPolicy } from "./policy.ts";
import { SpokenActions } from "./spoken-actions.ts";

interface NeedsActions {
  readonly onTarget: readonly string[];
  readonly onAnything: readonly string[];
}

/** Techniques all of whose actions some allow of the principal speaks of: what is left to ask about is next to nothing for most principals. */
export class PossibleTechniques<T extends NeedsActions> {
  readonly #techniques: readonly { readonly technique: T; readonly actions: readonly number[] }[];
  readonly #actions: SpokenActions;
  /** For principals with one policy, which most are. */
  readonly #ofOne = new PerDocument((policy) => this.#carriedBy([policy]));

  constructor(techniques: readonly T[]) {
    const actions = [...new Set(techniques.flatMap(actionsOf))];
    this.#actions = new SpokenActions(actions);
    this.#techniques = techniques.map((technique) => ({
      technique,
      actions: actionsOf(technique).map((action) => actions.indexOf(action)),
    }));
  }

  /** In the order of the list. */
  of({ identity }: PolicySet): readonly T[] {
    return identity.length === 1 ? this.#ofOne.of(identity[0]!.policy) : this.#carriedBy(identity.map(({ policy }) => policy));
  }

  #carriedBy(policies: readonly CompiledPolicy[]): readonly T[] {
    const spoken = new Set<number>();
    for (const policy of policies) for (const index of this.#actions.of(policy)) spoken.add(index);
    if (spoken.size === 0) return none;
    const isSpoken = (index: number): boolean => spoken.has(index);
    return this.#techniques.filter(({ actions }) => actions.every(isSpoken)).map(({ technique }) => technique);
  }
}

const none: readonly never[] = [];
const actionsOf = ({ onTarget, onAnything }: NeedsActions): string[] => [...onTarget, ...onAnything].map(lowerAction);
