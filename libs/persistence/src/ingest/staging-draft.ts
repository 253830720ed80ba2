import { hash } from "node:crypto";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import type { ScopeKey } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import { cleanText } from "../database/clean-text.ts";
import type { CopyValue } from "../database/copy-in.ts";
import { canonicalJson } from "../database/canonical-json.ts";
import { partsOfKey, statementKey, type StoredStatements } from "./stored-statements.ts";

const hashHexLength = 32;
const nothing = { json: null };

export const scopeText = (scope: ScopeKey): string => JSON.stringify([scope.dataset, scope.account, scope.region]);

/** The rows of `staged_observation` for one sync: all statements, or only what differs from what is stored of their scopes. */
export class StagingDraft {
  /** How many statements the listing makes, also those that need no row. */
  statements = 0;
  /** Whether a key may have come twice. A short digest is enough to notice; SQL then looks exactly. */
  repeated = false;
  readonly #syncId: string;
  readonly #scopeIds: ReadonlyMap<string, string>;
  readonly #stored: StoredStatements | null;
  readonly #seen = new Set<number>();
  #lastScope: { readonly scope: ScopeKey; readonly id: string } | null = null;

  constructor(syncId: string, known: { readonly scopeIds: ReadonlyMap<string, string>; readonly stored: StoredStatements | null }) {
    this.#syncId = syncId;
    this.#scopeIds = known.scopeIds;
    this.#stored = known.stored;
  }

  *rows(observations: Iterable<ScopedObservation>): Generator<readonly CopyValue[]> {
    let position = 0;
    for (const { scope, observation } of observations) {
      this.statements += 1;
      const scopeId = this.#idOf(scope);
      const payload = canonicalJson(observation);
      const ref = cleanText(observation.ref);
      const digest = hash("sha256", payload, "hex").slice(0, hashHexLength);
      const key = statementKey(scopeId, observation.kind, ref);
      if (this.#isStored(key, digest)) continue;
      this.#note(key);
      const identityRef = "identityRef" in observation ? observation.identityRef : null;
      yield [this.#syncId, position, scopeId, observation.kind, ref, identityRef, { hex: digest }, payload, false];
      position += 1;
    }
    for (const key of this.#stored?.keys() ?? []) {
      const { scopeId, kind, ref } = partsOfKey(key);
      yield [this.#syncId, position, scopeId, kind, ref, null, { hex: "" }, nothing, true];
      position += 1;
    }
  }

  /** What a listing shows is taken off, so that what it does not show is left; a key that comes again is then a row and the last one counts. */
  #isStored(key: string, digest: string): boolean {
    const stored = this.#stored?.get(key);
    if (stored === undefined) return false;
    this.#stored!.delete(key);
    return stored === digest;
  }

  #note(key: string): void {
    const short = shortDigest(key);
    if (this.#seen.has(short)) this.repeated = true;
    else this.#seen.add(short);
  }

  #idOf(scope: ScopeKey): string {
    if (this.#lastScope?.scope === scope) return this.#lastScope.id;
    const id = this.#scopeIds.get(scopeText(scope));
    if (id === undefined)
      throw new AppError("internal", "The import could not be stored.", {
        detail: `observation in a scope without a report: ${scopeText(scope)}`,
      });
    this.#lastScope = { scope, id };
    return id;
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
