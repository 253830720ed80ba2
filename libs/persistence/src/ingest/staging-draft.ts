import { hash } from "node:crypto";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import type { ScopeKey } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import { cleanText } from "../database/clean-text.ts";
import type { CopyValue } from "../database/copy-in.ts";
import { canonicalJson } from "../database/canonical-json.ts";
import { hashBytes, wordsOfText, type StoredHashes } from "./stored-hashes.ts";

export const scopeText = (scope: ScopeKey): string => JSON.stringify([scope.dataset, scope.account, scope.region]);

export interface KnownScope {
  readonly id: string;
  /** Null when the scope is staged in full. */
  readonly stored: StoredHashes | null;
}

/** The rows of `staged_observation` for one sync: all statements, or only those that are not stored of their scope like that. */
export class StagingDraft {
  /** How many statements the listing makes, also those that need no row. */
  statements = 0;
  /** How many of them need one. */
  rowCount = 0;
  /** Whether a key may have come twice. A short digest is enough to notice; SQL then looks exactly. */
  repeated = false;
  readonly #syncId: string;
  readonly #scopes: ReadonlyMap<string, KnownScope>;
  readonly #staged = new Set<number>();
  #lastScope: { readonly key: ScopeKey; readonly known: KnownScope } | null = null;

  constructor(syncId: string, scopes: ReadonlyMap<string, KnownScope>) {
    this.#syncId = syncId;
    this.#scopes = scopes;
  }

  *rows(observations: Iterable<ScopedObservation>): Generator<readonly CopyValue[]> {
    const words = new Int32Array(hashBytes / 4);
    for (const { scope, observation } of observations) {
      this.statements += 1;
      const { id, stored } = this.#scopeOf(scope);
      const payload = canonicalJson(observation);
      // As characters: a buffer for each would be another object, half as dear as the hash.
      const digest = hash("sha256", payload, "binary");
      const isStored = stored !== null && stored.show(wordsOfText(digest, words));
      if (isStored && this.#staged.size === 0) continue;
      const ref = cleanText(observation.ref);
      const key = shortDigest(`${id}${observation.kind}\u0001${ref}`);
      const again = this.#staged.has(key);
      // What is stored already is still a row when another statement about the same came before it: the last one counts.
      if (isStored && !again) continue;
      if (again) this.repeated = true;
      else this.#staged.add(key);
      const identityRef = "identityRef" in observation ? (observation.identityRef ?? null) : null;
      const hex = Buffer.from(digest, "latin1").toString("hex", 0, hashBytes);
      yield [this.#syncId, this.rowCount, id, observation.kind, ref, identityRef, { hex }, payload, false];
      this.rowCount += 1;
    }
  }

  #scopeOf(scope: ScopeKey): KnownScope {
    if (this.#lastScope?.key === scope) return this.#lastScope.known;
    const known = this.#scopes.get(scopeText(scope));
    if (known === undefined)
      throw new AppError("internal", "The import could not be stored.", {
        detail: `observation in a scope without a report: ${scopeText(scope)}`,
      });
    this.#lastScope = { key: scope, known };
    return known;
  }
}

/** 53 bits of the text. */
function shortDigest(text: string): number {
  let [low, high] = [0x9e3779b1, 0x85ebca6b];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x5bd1e995);
    high = Math.imul(high ^ code, 0xc2b2ae35);
  }
  low ^= Math.imul(high >>> 13, 0x27d4eb2f);
  high ^= Math.imul(low >>> 15, 0x165667b1);
  return (high >>> 11) * 4_294_967_296 + (low >>> 0);
}
