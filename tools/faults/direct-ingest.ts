import { createStores, runtimeUrls, type Stores } from "@rollcall/persistence";
import { createLogger } from "@rollcall/platform";
import { ingestSync, type SyncRow } from "@rollcall/posture-pipeline";
import type { Instance } from "./instance.ts";

export interface DirectListing {
  readonly account: string;
  readonly at: string;
  readonly outcome: "complete" | "partial" | "denied";
  readonly identities: readonly { readonly ref: string; readonly name: string; readonly status?: string }[];
  readonly dataset?: string;
}

/** Stages and ingests as the API and the worker do, without either: thousands of listings within minutes. */
export class DirectIngest {
  readonly stores: Stores;
  readonly #workspace: string;
  readonly #logger = createLogger("faults", { level: "silent" });

  private constructor(stores: Stores, workspace: string) {
    this.stores = stores;
    this.#workspace = workspace;
  }

  static into(workspace: string, instance: Instance): DirectIngest {
    return new DirectIngest(createStores(runtimeUrls(instance.database.ownerUrl, instance.rootKey)), workspace);
  }

  /** The same, with the same connections, for another workspace. */
  beside(workspace: string): DirectIngest {
    return new DirectIngest(this.stores, workspace);
  }

  request(): Promise<string> {
    return this.stores.ingestions.createIngestion(this.#workspace, { files: [], origin: "push", createdBy: null });
  }

  /** Staged and announced, for a worker to take. */
  async stage(ingestionId: string, { account, names }: { readonly account: string; readonly names: readonly string[] }): Promise<string> {
    const at = "2026-11-01T00:00:00.000Z";
    const identities = names.map((name) => ({ ref: `bot/${name}`, name }));
    return (await this.#stage(ingestionId, { account, at, outcome: "partial", identities })).id;
  }

  /** The status the run ends with; ends it as its analysis would. */
  async ingest(listing: DirectListing): Promise<string> {
    const { ingest } = this.stores;
    const workspace = this.#workspace;
    const staged = await this.#stage(await this.request(), listing);
    const job = { workspaceId: workspace, syncId: staged.id };
    const deps = { ingest, queue: { enqueue: () => Promise.resolve() }, logger: this.#logger };
    await ingestSync(deps, job, { attempt: 1, isCancelled: () => Promise.resolve(false) });
    const run = await ingest.sync(workspace, staged.id);
    if (run?.status !== "running") return run?.status ?? "unknown";
    await ingest.setStatus(workspace, run, "completed");
    return "completed";
  }

  #stage(ingestionId: string, { account, at, outcome, identities, dataset = "bots" }: DirectListing): Promise<SyncRow> {
    const workspace = this.#workspace;
    const scope = { connector: "push", dataset, account, region: "global" };
    return this.stores.ingest.stageSync(
      workspace,
      {
        connector: "push",
        account,
        sourceName: account,
        origin: "push",
        asOf: at,
        asOfBasis: "given",
        ingestionId,
        reports: [{ scope, outcome, observedAt: at }],
        totals: {},
        notes: [],
        rejected: [],
      },
      identities.map(({ ref, name, status }) => ({
        scope,
        observation: {
          kind: "identity",
          ref,
          identityKind: "bot",
          name,
          provider: "fault-suite",
          facts: { status: status ?? { unknown: "not_offered" } },
          attributes: { name },
        },
      })),
    );
  }

  close(): Promise<void> {
    return this.stores.close();
  }
}
