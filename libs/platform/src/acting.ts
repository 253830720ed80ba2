import { AsyncLocalStorage } from "node:async_hooks";

/** Who is behind what is being done now. It travels with the request instead of through every signature, so that no store can forget it. */
export interface Actor {
  readonly kind: "person" | "api_key" | "system";
  /** User id or API key id; null for Rollcall itself. */
  readonly id: string | null;
  readonly name: string;
  /** The person or key that an automatic step works for. */
  readonly onBehalfOf?: string;
  readonly requestId: string | null;
  /** Owner names, lower case: what is read and written for this actor ends at what carries one of them. Absent = the whole workspace. */
  readonly limitedTo?: readonly string[];
}

export const systemActor: Actor = { kind: "system", id: null, name: "Rollcall", requestId: null };

const storage = new AsyncLocalStorage<{ actor: Actor }>();

/** Runs `fn` and all it awaits as `actor`. */
export const actAs = <T>(actor: Actor, fn: () => T): T => storage.run({ actor }, fn);

export const currentActor = (): Actor => storage.getStore()?.actor ?? systemActor;
