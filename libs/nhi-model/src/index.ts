export {
  identityKind,
  credentialKind,
  resourceKind,
  environment,
  criticality,
  identityStatus,
  credentialStatus,
  lifecycleState,
  severity,
  accessLevel,
  datasetOutcome,
  workspaceRole,
  playbook,
} from "./kinds.ts";
export type {
  IdentityKind,
  CredentialKind,
  ResourceKind,
  Environment,
  Criticality,
  IdentityStatus,
  CredentialStatus,
  LifecycleState,
  Severity,
  AccessLevel,
  DatasetOutcome,
  WorkspaceRole,
  Playbook,
} from "./kinds.ts";
export { unknownReason, statedFact, isKnown, knownValue, isUnknownStatement } from "./fact.ts";
export type { DatedFact, DatedFactMap, Fact, FactMap, FactValue, StatedFact, StatedFacts, UnknownReason } from "./fact.ts";
export {
  observation,
  identityObservation,
  credentialObservation,
  resourceObservation,
  grantObservation,
  usageObservation,
  ownerObservation,
  humanObservation,
  sourceObservation,
  reportObservation,
  reportState,
  scopeKey,
  scopeReport,
} from "./observation.ts";
export type {
  Observation,
  ObservationKind,
  IdentityObservation,
  CredentialObservation,
  ResourceObservation,
  GrantObservation,
  UsageObservation,
  OwnerObservation,
  HumanObservation,
  ReportObservation,
  ReportState,
  ScopeKey,
  ScopeReport,
} from "./observation.ts";
export type { Identity, Credential, Resource, Grant, Usage, OwnerClaim, Human, SourceInfo } from "./entity.ts";
export type { NhiRecord, ExplainedRecord, Instant } from "./record.ts";
export { tableField, tableMapping } from "./table-mapping.ts";
export type { TableField, TableMapping, TablePreview, TableSeen } from "./table-mapping.ts";
export { isLeftByTools } from "./hidden-names.ts";
export { deceptionIn, spelledOut, type Deception } from "./deceptive-text.ts";
