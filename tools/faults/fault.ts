import type { Checker, Expectation } from "./checker.ts";
import type { Instance } from "./instance.ts";
import type { PushClient } from "./push-client.ts";

export interface FaultRig {
  readonly instance: Instance;
  readonly client: PushClient;
  readonly checker: Checker;
  readonly random: () => number;
  /** Names that no other repeat uses. */
  readonly tag: string;
  /** Which repeat this is, beginning with 0. */
  readonly turn: number;
  /** Somebody wants an impression within minutes: shorter absences and fewer made-up histories. */
  readonly quick: boolean;
  note(text: string): void;
  /** Waits until every run is over or held. */
  settle(limitMs?: number): Promise<void>;
}

export interface Fault {
  readonly id: string;
  readonly title: string;
  /** How often a full run does it. */
  readonly repeats: number;
  /** Jobs live in a Redis of the suite's own. */
  readonly redis?: true;
  /** The data folder and its logs are on small file systems of their own. */
  readonly disks?: { readonly dataMegabytes: number; readonly logMegabytes: number };
  /** Does the damage once and lets everything recover; what did not go as promised, in words. */
  readonly run: (rig: FaultRig) => Promise<readonly string[]>;
  readonly expected?: (tag: string) => Expectation;
  /** Needs something of the machine; the reason when it is not there. */
  readonly unavailable?: () => string | null;
}
