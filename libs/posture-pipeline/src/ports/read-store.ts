import type { AccessGraph } from "@rollcall/access-graph";
import type { DatedFactMap, SourceInfo, TableMapping } from "@rollcall/nhi-model";
import type {
  ChangeRow,
  CredentialRow,
  ExpiryPart,
  Facet,
  FindingFilter,
  FindingGroup,
  FindingRow,
  IdentityFilter,
  IdentityRow,
  IdentitySort,
  IdentityView,
  Page,
  ReportFilter,
  ReportRow,
  TaskFilter,
  TaskRow,
  Total,
} from "./views.ts";
import type { IngestionView, RejectedPage, PostureView, SourceView } from "./workspace-views.ts";
import type { RuleTally, ScoreTerm } from "./analysis-store.ts";

export interface PageRequest {
  readonly cursor?: string;
  readonly limit: number;
}

/** Read side. Rule titles, framework labels and the like are joined by the caller (they are code, not data). */
export interface ReadStore {
  listIdentities(
    workspaceId: string,
    query: { readonly filter: IdentityFilter; readonly sort: IdentitySort; readonly direction: "asc" | "desc"; readonly page: PageRequest },
  ): Promise<Page<IdentityRow> & { readonly total: Total }>;
  identityFacets(workspaceId: string, filter: IdentityFilter): Promise<readonly Facet[]>;
  /** Everything of the page but rule titles and unknown reasons' words, which the caller adds; null = not in this workspace. */
  identity(workspaceId: string, identityId: string): Promise<IdentityDetail | null>;
  /** Whether whoever asks is shown the identity; nothing else of it is read. */
  sees(workspaceId: string, identityId: string): Promise<boolean>;
  identityHistory(workspaceId: string, identityId: string, page: PageRequest): Promise<Page<ChangeRow>>;
  listCredentials(
    workspaceId: string,
    query: {
      readonly filter: {
        readonly identityId?: string;
        readonly kind?: readonly string[];
        readonly expiringWithinDays?: number;
        /** Only those in use, as the forecast on the posture page counts them. */
        readonly expiry?: ExpiryPart;
        readonly search?: string;
      };
      readonly page: PageRequest;
    },
  ): Promise<Page<CredentialRow> & { readonly total: Total }>;
  listFindings(
    workspaceId: string,
    query: { readonly filter: FindingFilter; readonly page: PageRequest },
  ): Promise<Page<FindingRow> & { readonly total: Total }>;
  /** How the columns of a table source were read the last time. */
  tableMapping(workspaceId: string, source: string): Promise<TableMapping | null>;
  listReports(workspaceId: string, query: { readonly filter: ReportFilter; readonly page: PageRequest }): Promise<Page<ReportRow>>;
  findingGroups(
    workspaceId: string,
    filter: FindingFilter,
  ): Promise<readonly Omit<FindingGroup, "title" | "phase" | "playbook" | "pass" | "unknown" | "notApplicable">[]>;
  listTasks(
    workspaceId: string,
    query: { readonly filter: TaskFilter; readonly viewerId: string; readonly page: PageRequest },
  ): Promise<
    Page<TaskRow> & { readonly total: Total; readonly counts: { readonly mine: number; readonly unassigned: number; readonly all: number } }
  >;
  /** Facts for the posture page; the caller adds framework coverage and formula. */
  posture(workspaceId: string): Promise<Omit<PostureView, "formula" | "owaspNhi"> & { readonly tallies: readonly RuleTally[] }>;
  tallies(workspaceId: string): Promise<readonly RuleTally[]>;
  openFindingsByRule(workspaceId: string): Promise<Readonly<Record<string, number>>>;
  listSources(workspaceId: string): Promise<readonly Omit<SourceView, "connectorTitle" | "sentence">[]>;
  /** Records that were not taken, in the order in which they came; null when the ingestion is not in this workspace. */
  rejectedRecords(
    workspaceId: string,
    ingestionId: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<RejectedPage | null>;
  ingestion(workspaceId: string, ingestionId: string): Promise<IngestionView | null>;
  listIngestions(workspaceId: string, page: PageRequest): Promise<Page<IngestionView>>;
  /** How every source was read last. */
  sourceReadings(workspaceId: string): Promise<readonly SourceReading[]>;
  /** Version of the newest written graph, for caching; null before the first analysis. */
  graphVersion(workspaceId: string): Promise<string | null>;
  graph(workspaceId: string): Promise<AccessGraph>;
}

/** How a source was read last, for whoever rests on what it says. */
export interface SourceReading extends SourceInfo {
  /** The run that was stored last. */
  readonly syncId: string | null;
  /** Datasets whose last listing was not complete. */
  readonly inPart: readonly string[];
}

/** IdentityView without the words that live in code, plus the raw facts. */
export interface IdentityDetail extends Omit<IdentityView, "facts" | "terms" | "findings" | "unknownRules"> {
  readonly terms: readonly ScoreTerm[];
  readonly findings: readonly FindingRow[];
  readonly factMap: DatedFactMap;
  readonly unknownRuleIds: readonly string[];
  readonly unknownFields: Readonly<Record<string, string>>;
}
