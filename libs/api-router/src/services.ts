import type {
  AccountsStore,
  AuditStore,
  ConnectorManifest,
  GraphService,
  IngestStore,
  IngestionStore,
  InstanceTrouble,
  MachinesStore,
  PullAuth,
  PullSourcesStore,
  ReadStore,
  SealedCredential,
  TriageStore,
} from "@rollcall/posture-pipeline";
import type { TableMapping, TableSeen } from "@rollcall/nhi-model";
import type { Clock, DiskRoom } from "@rollcall/platform";

/** Takes credentials in and gives none out: what opens them is in the worker. */
export interface CredentialVault {
  /** Throws `precondition_failed` as long as no worker has said what to seal with. */
  seal(
    workspaceId: string,
    source: { readonly id: string; readonly url: string; readonly auth: PullAuth },
    secret: string,
  ): Promise<SealedCredential & { readonly fingerprint: string | null }>;
  /** Throws an AppError for an address that is never called. */
  checkAddress(address: string): void;
}

/** Everything the procedures need, injected by the process that serves them. No adapter is imported here. */
export interface Services {
  readonly read: ReadStore;
  readonly triage: TriageStore;
  readonly ingest: IngestStore;
  readonly ingestions: IngestionStore;
  readonly accounts: AccountsStore;
  readonly machines: MachinesStore;
  readonly pullSources: PullSourcesStore;
  readonly vault: CredentialVault;
  readonly audit: AuditStore;
  readonly connectors: readonly ConnectorManifest[];
  /** The beginning of a table, read as an import would. */
  readonly previewTable: (head: { readonly name: string; readonly text: string }, mapping: TableMapping | null) => TableSeen;
  readonly graphs: GraphService;
  readonly clock: Clock;
  /** Of the data folder and its logs; `ok` where they are not on this machine. */
  readonly diskRoom: () => Promise<DiskRoom>;
  /** What a process of this instance cannot do. */
  readonly troubles: () => Promise<readonly InstanceTrouble[]>;
  /** Keyed hash under which API keys and link tokens are stored. */
  readonly hashSecret: (secret: string) => string;
  /** The public URL under which a one-time link of this token is opened. */
  readonly linkUrl: (token: string) => string;
}
