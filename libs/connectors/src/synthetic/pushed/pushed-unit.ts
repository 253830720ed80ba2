import type { ScopeKey, StatedFact } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import type { Unit, World } from "../estate.ts";
import type { Nhi } from "../nhi.ts";
import { uuidOf } from "../random.ts";
import { unitOf } from "../unit.ts";
import type { Story } from "../unit.ts";

/** Sources that an integration pushes: there is no connector of our own for them yet, so every statement is a plain observation. */
export interface PushedUnit {
  /** Account of the source, e.g. `github:fernhollow`; also the scheme of all its references. */
  readonly account: string;
  readonly sourceName: string;
  readonly identities: number;
  readonly preamble?: (scope: ScopeKey) => Iterable<ScopedObservation>;
  readonly core?: readonly Nhi[];
  readonly stories: readonly Story[];
  readonly ordinary: (n: number) => Nhi;
}

export const pushedUnit = (world: World, spec: PushedUnit): Unit =>
  unitOf(world, { connector: "push", dataset: "inventory", preamble: () => [], core: [], ...spec });

export type PushedNhi = Omit<Nhi, "provider" | "account"> & { readonly facts?: Readonly<Record<string, StatedFact>> };

/** An identity of a pushed source; the provider is the scheme of the account. */
export const pushedNhi = (world: World, account: string, nhi: PushedNhi): Nhi => ({
  ...nhi,
  account,
  provider: account.slice(0, account.indexOf(":")),
  nativeId: nhi.nativeId ?? uuidOf(world.seed, nhi.ref),
  facts: {
    "logging.enabled": true,
    "logging.attributable": true,
    "thirdParty.external": false,
    "managed.isPlatformManaged": false,
    "auth.interactiveLoginEnabled": false,
    ...nhi.facts,
  },
});
