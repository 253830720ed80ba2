export { appRouter } from "./router.ts";
export type { AppRouter } from "./router.ts";
export { appErrorOf, createCallerFactory } from "./trpc.ts";
export type { ErrorFacts } from "./trpc.ts";
export { actorOf } from "./actor-of.ts";
export { assertWholeWorkspace, ownersOf } from "./words/ownership.ts";
export type { Context, Viewer, ViewerSession } from "./context.ts";
export type { CredentialVault, Services } from "./services.ts";
export type { SessionView } from "./session/me.ts";
export { sessionAbsoluteHours } from "./session/own-session.ts";
export type { TaskPage } from "./tasks/list.ts";
export type { BulkOutcome } from "./tasks/bulk.ts";
export type { RuleView } from "./words/rule-words.ts";
export type { FrameworkSummary } from "./words/framework-words.ts";
export type { TaskAction, TaskEvent } from "./schemas/task-action.ts";
export {
  band,
  credentialFilter,
  direction,
  findingFilter,
  identityFilter,
  identitySort,
  lens,
  taskFilter,
  taskPlaybook,
} from "./schemas/filters.ts";
export { taskActionInput } from "./schemas/task-action.ts";
export { openPlanInput } from "./tasks/open-plan.ts";
export { unmetCondition } from "./settings/federations/claim-conditions.ts";
export { planChanges } from "./graph/plan-change.ts";
export { storageFailure } from "./storage-failure.ts";
export { refuseUnstorableText } from "./storable-text.ts";
