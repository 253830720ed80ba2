import { hasWildcard } from "./glob.ts";
import { noContext, valuesOf } from "./authorize/request-facts.ts";
import type { Trusted } from "./trusted.ts";
import type { TrustEntry } from "./trust.ts";
import { isPrincipalKey } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

/**
 * Trusts that tell the principals of an account apart, by what they ask of them: thousands of roles that each let in the principals of one
 * name or tag are not tried with everybody. Answers at least those that may let a caller in.
 */
export class TrustsByCaller {
  readonly #trusts: Trusted[] = [];
  /** Places of those that ask for none of a few values. */
  readonly #others: number[] = [];
  /** By condition key: places by the value asked for, in lower case. */
  readonly #asking = new Map<string, Map<string, number[]>>();

  add(trusted: Trusted): void {
    const place = this.#trusts.push(trusted) - 1;
    const asked = askedOf(trusted.entry);
    if (asked === null) this.#others.push(place);
    else for (const value of asked.values) this.#placesOf(asked.key, value).push(place);
  }

  #placesOf(key: string, value: string): number[] {
    let byValue = this.#asking.get(key);
    if (byValue === undefined) this.#asking.set(key, (byValue = new Map()));
    let places = byValue.get(value);
    if (places === undefined) byValue.set(value, (places = []));
    return places;
  }

  /** In the order in which they were added. */
  mayLetIn(variables: PrincipalVariables): readonly Trusted[] {
    const facts = { context: noContext, principal: variables, complete: false };
    const places = new Set(this.#others);
    for (const [key, byValue] of this.#asking) {
      const values = valuesOf(facts, key);
      const met = values === undefined ? [...byValue.values()] : values.map((value) => byValue.get(value.toLowerCase()) ?? []);
      for (const list of met) for (const place of list) places.add(place);
    }
    return [...places].sort((a, b) => a - b).map((place) => this.#trusts[place]!);
  }
}

/** A condition that holds for few values of a key that is one of the principal's own; without the key it does not hold. */
function askedOf({ open }: TrustEntry): { readonly key: string; readonly values: ReadonlySet<string> } | null {
  const asked = open.find(
    (condition) =>
      "truth" in condition &&
      isPrincipalKey(condition.key.toLowerCase()) &&
      /^(?:string|arn)(?:equals|like|equalsignorecase)$/i.test(condition.operator) &&
      condition.values.every((value) => !hasWildcard(value) && !value.includes("$")),
  );
  return asked === undefined ? null : { key: asked.key.toLowerCase(), values: new Set(asked.values.map((value) => value.toLowerCase())) };
}
