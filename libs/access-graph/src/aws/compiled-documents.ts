import type { Inventory } from "../inventory.ts";
import { compilePolicy } from "./policy.ts";
import type { CompiledPolicy } from "./policy.ts";

/** Documents of one inventory: distinct ones are compiled once, however many things carry them and whoever reads them. */
export class CompiledDocuments {
  readonly #byText = new Map<string, CompiledPolicy>();
  readonly #byDocument = new Map<object, CompiledPolicy>();

  static of(inventory: Inventory): CompiledDocuments {
    let documents = ofInventory.get(inventory);
    if (documents === undefined) ofInventory.set(inventory, (documents = new CompiledDocuments()));
    return documents;
  }

  compiled(document: unknown): CompiledPolicy {
    if (typeof document !== "object" || document === null) return this.#interned(document);
    let policy = this.#byDocument.get(document);
    if (policy === undefined) this.#byDocument.set(document, (policy = this.#interned(document)));
    return policy;
  }

  #interned(document: unknown): CompiledPolicy {
    const text = JSON.stringify(document);
    let policy = this.#byText.get(text);
    if (policy === undefined) this.#byText.set(text, (policy = compilePolicy(document, text)));
    return policy;
  }
}

const ofInventory = new WeakMap<Inventory, CompiledDocuments>();
