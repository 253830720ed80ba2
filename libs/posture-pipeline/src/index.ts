export type {
  ConnectorManifest,
  FileConnector,
  ImportFile,
  OpenImport,
  ParsedImport,
  ParseOptions,
  RejectedRecord,
  ScopedObservation,
} from "./ports/connector.ts";
export type {
  AuditDraft,
  AuditFilter,
  AuditHead,
  AuditRecord,
  AuditRow,
  AuditSegment,
  AuditSegmentEnds,
  AuditStore,
  SegmentSeal,
} from "./ports/audit-store.ts";
export type {
  ApplyResult,
  EntityDraft,
  IngestStore,
  RunToken,
  MergeObservations,
  NewSync,
  ObservationGroup,
  ScopePlan,
  SourceSelection,
  SyncProgress,
  SyncRow,
  SyncStatus,
} from "./ports/ingest-store.ts";
export type {
  AnalysisDelta,
  AnalysisResult,
  AnalysisStore,
  FindingDraft,
  IdentityResult,
  PostureResult,
  RuleTally,
  SinceLast,
  ScoreTerm,
  SnapshotBasis,
  TaskChange,
  WorkspaceSnapshot,
} from "./ports/analysis-store.ts";
export type { Job, JobContext, JobHandler, JobHandlers, JobName, JobPayloads, JobQueue } from "./ports/job-queue.ts";
export type {
  Band,
  ChangeRow,
  ReportFilter,
  ReportRow,
  CredentialRow,
  Facet,
  FactView,
  FindingFilter,
  FindingGroup,
  EvidenceView,
  FindingRow,
  FindingView,
  IdentityFilter,
  IdentityRow,
  IdentitySort,
  IdentityView,
  Interval,
  Page,
  TaskFilter,
  TaskRow,
  TaskView,
  Total,
  ExpiryPart,
} from "./ports/views.ts";
export { expiryParts } from "./ports/views.ts";
export type { ControlView, FrameworkView, IngestionView, RejectedPage, PostureView, SourceView } from "./ports/workspace-views.ts";
export type { IdentityDetail, PageRequest, ReadStore, SourceReading } from "./ports/read-store.ts";
export type { PlanDraft, PlanConsumer, PlanSubject, TaskPlan, TaskPlanView } from "./ports/task-plan.ts";
export type { OpenedPlan, StoredTask, TaskEventDraft, TriageStore } from "./ports/triage-store.ts";
export type {
  AccountsStore,
  ApiKeyRow,
  ApiKeyScope,
  IdempotentAnswer,
  MemberChange,
  MemberRow,
  NewApiKey,
  NewSignInLink,
  RedeemedLink,
  SessionRow,
  StoredApiKey,
  TeamChange,
  TeamRow,
  WorkspaceMembership,
} from "./ports/accounts-store.ts";
export type {
  ClaimCondition,
  FederationRow,
  MachinesStore,
  NewFederatedToken,
  NewFederation,
  NewServiceUser,
  ServiceUserRow,
  StoredFederation,
} from "./ports/machines-store.ts";
export type {
  DatabaseRoleRow,
  HeldSecret,
  InstanceSecretRow,
  InstanceTrouble,
  SelfInventory,
  SelfPerson,
  SelfStore,
  SignInLinkRow,
} from "./ports/self-store.ts";
export type {
  ConnectorKeyRow,
  NewCredential,
  NewPullSource,
  PullAuth,
  PullAuthKind,
  PullCredential,
  PullOutcome,
  PullRunEnd,
  PullRunToken,
  PullSourceRow,
  PullSourcesStore,
  SealedCredential,
  StoredPullSource,
} from "./ports/pull-sources-store.ts";
export { authHeaders, credentialContext } from "./pull/pull-credential.ts";
export { rewrapCredentials } from "./pull/rewrap-credentials.ts";
export type { RewrapDeps, RewrapResult } from "./pull/rewrap-credentials.ts";
export { pullSource } from "./pull/pull-source.ts";
export type { PullSourceDeps } from "./pull/pull-source.ts";
export type { CursorPaging, ExportRequest, FetchControl, FetchedExport, FetchExport, FetchProgress } from "./ports/fetch-export.ts";
export { syncSelf } from "./self/sync-self.ts";
export type { SyncSelfDeps } from "./self/sync-self.ts";
export type { IngestionStore } from "./ports/ingestion-store.ts";
export { mergeObservations } from "./ingest/merge-observations.ts";
export { mergeFacts } from "./ingest/merge-facts.ts";
export { snapshotOfImports } from "./ingest/snapshot-of-imports.ts";
export { applySync, ingestSync, planRemovals } from "./ingest/ingest-sync.ts";
export { RunTakenOver } from "./ingest/run-taken-over.ts";
export type { IngestDeps } from "./ingest/ingest-sync.ts";
export { assembleRecord } from "./analysis/assemble-record.ts";
export { analysisDate, analyseSnapshot } from "./analysis/analyse-snapshot.ts";
export { noReach } from "./analysis/no-reach.ts";
export { planStandings } from "./analysis/standing-plans.ts";
export type { PlanStandings, StoredPlan } from "./analysis/standing-plans.ts";
export { reconcileWithFindings } from "./analysis/reconcile-with-findings.ts";
export { AnalysisMemory, rememberedIn } from "./analysis/analysis-memory.ts";
export { analyseWorkspace } from "./analysis/analyse-workspace.ts";
export { whenSettled } from "./analysis/when-settled.ts";
export type { AnalyseDeps } from "./analysis/analyse-workspace.ts";
export { loadHistory, syncOf } from "./demo/load-history.ts";
export type { EstateView, LoadHistoryDeps } from "./demo/load-history.ts";
export { answerQuestion } from "./graph/answer-question.ts";
export type { GraphWorld } from "./graph/answer-question.ts";
export { aboutReach, reachDatasets, titleForReach } from "./graph/reach-datasets.ts";
export type { ReachDatasets } from "./graph/reach-datasets.ts";
export { lagsOf } from "./graph/source-lags.ts";
export type { AskOptions, GraphAnswers, GraphQuestion, GraphQuestionName, GraphQuestions, GraphService } from "./ports/graph-service.ts";
export type {
  BeforeAfterView,
  BrokenConsumerView,
  Certainty,
  ChokePointsAnswer,
  ChokePointsView,
  ChokePointView,
  ControlPlaneView,
  ExposureView,
  GraphGapView,
  GraphNodeView,
  LostAssetView,
  NarrowingView,
  NotModelledView,
  OfferedChange,
  Picture,
  PictureLink,
  PictureUnit,
  PlanChange,
  PlanStepView,
  PolicyStatementView,
  PolicyView,
  RadiusView,
  ReachedNode,
  ReachedPage,
  RouteHop,
  RoutesView,
  RouteView,
  WhatIfView,
} from "./ports/graph-views.ts";
