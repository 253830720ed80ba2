import type { CompiledPolicy } from "./policy.ts";

/** Something worked out once per document and kept with it: a weak map of all documents costs more than most of what it would save. */
export class PerDocument<T> {
  static #count = 0;
  readonly #place = PerDocument.#count++;
  readonly #make: (policy: CompiledPolicy) => T;

  constructor(make: (policy: CompiledPolicy) => T) {
    this.#make = make;
  }

  of(policy: CompiledPolicy): T {
    const known = policy.workedOut[this.#place] as T | undefined;
    if (known !== undefined) return known;
    const made = this.#make(policy);
    policy.workedOut[this.#place] = made;
    return made;
  }
}
