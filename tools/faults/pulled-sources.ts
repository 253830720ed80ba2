import { createStores, runtimeUrls, type Stores } from "@rollcall/persistence";
import { sealCredential, uuidV7 } from "@rollcall/platform";
import { credentialContext, type PullSourceRow } from "@rollcall/posture-pipeline";
import { canary } from "./deliveries.ts";
import type { Instance } from "./instance.ts";
import { until } from "./wait.ts";

type Ended = NonNullable<PullSourceRow["last"]> & Pick<PullSourceRow, "nextRunAt">;

/** Connects addresses as the API does, with a credential that must be found nowhere, and waits for what the real worker makes of them. */
export class PulledSources {
  readonly #stores: Stores;
  readonly #workspace: string;

  constructor(instance: Instance, workspace: string) {
    this.#stores = createStores(runtimeUrls(instance.database.ownerUrl, instance.rootKey));
    this.#workspace = workspace;
  }

  /** Its first run is announced with it. */
  async connect(name: string, url: string): Promise<string> {
    const { pullSources } = this.#stores;
    await until(async () => (await pullSources.connectorKey()) !== null, 60_000);
    const key = (await pullSources.connectorKey())!;
    const source = { id: uuidV7(), url, auth: { kind: "bearer", name: null } } as const;
    const sealed = sealCredential(key, credentialContext(this.#workspace, source), canary);
    const credential = { sealed, keyId: key.keyId, fingerprint: null, setBy: null, expiresAt: null };
    const settings = { name, account: null, paging: null, intervalHours: 1, createdBy: null };
    await pullSources.create(this.#workspace, { ...source, ...settings, credential });
    return source.id;
  }

  run(id: string): Promise<boolean> {
    return this.#stores.pullSources.requestRun(this.#workspace, id);
  }

  /** What the run after `earlier` ended with; null when it did not end in time. */
  async ended(id: string, earlier: string | null, limitMs: number): Promise<Ended | null> {
    const read = (): Promise<PullSourceRow | null> => this.#stores.pullSources.get(this.#workspace, id);
    const over = async (): Promise<boolean> => ((row) => row?.run === null && row.last !== null && row.last.at !== earlier)(await read());
    if (!(await until(over, limitMs, 200))) return null;
    const row = (await read())!;
    return { ...row.last!, nextRunAt: row.nextRunAt };
  }

  close(): Promise<void> {
    return this.#stores.close();
  }
}
