import type {
  AccountsStore,
  AnalysisStore,
  AuditStore,
  IngestionStore,
  IngestStore,
  MachinesStore,
  PullSourcesStore,
  ReadStore,
  SelfStore,
  TriageStore,
} from "@rollcall/posture-pipeline";
import { createAccountsStore } from "./accounts/accounts-store.ts";
import { createOutboxStore, type OutboxStore } from "./accounts/outbox.ts";
import { createAnalysisStore } from "./analysis/analysis-store.ts";
import { createAuditStore } from "./audit/audit-store.ts";
import { createDatabase, type DatabaseOptions } from "./database/database.ts";
import { createIngestStore } from "./ingest/ingest-store.ts";
import { createIngestionStore } from "./ingest/ingestion-store.ts";
import { createMachinesStore } from "./machines/machines-store.ts";
import { createPullSourcesStore } from "./pull/pull-sources-store.ts";
import { createReadStore } from "./read/read-store.ts";
import { createSelfStore } from "./self/self-store.ts";
import { createTriageStore } from "./triage/triage-store.ts";

export interface Stores {
  readonly ingest: IngestStore;
  readonly ingestions: IngestionStore;
  readonly analysis: AnalysisStore;
  readonly read: ReadStore;
  readonly triage: TriageStore;
  readonly accounts: AccountsStore;
  readonly audit: AuditStore;
  readonly outbox: OutboxStore;
  readonly self: SelfStore;
  readonly machines: MachinesStore;
  readonly pullSources: PullSourcesStore;
  /** Throws when the database is away, or when a runtime role could see more than it must. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Everything that a process needs of the database, on the two runtime roles. The raw connections stay in here. */
export function createStores(options: DatabaseOptions): Stores {
  const database = createDatabase(options);
  return {
    ingest: createIngestStore(database),
    ingestions: createIngestionStore(database),
    analysis: createAnalysisStore(database),
    read: createReadStore(database),
    triage: createTriageStore(database),
    accounts: createAccountsStore(database),
    audit: createAuditStore(database),
    outbox: createOutboxStore(database),
    self: createSelfStore(database),
    machines: createMachinesStore(database),
    pullSources: createPullSourcesStore(database),
    check: () => database.assertRuntimeRoles(),
    close: () => database.close(),
  };
}
