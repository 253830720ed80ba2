export type {
  AccessGraph,
  Alternative,
  BlastRadius,
  EdgeEvidence,
  EdgeKind,
  GraphEdge,
  GraphGap,
  GraphInput,
  GraphNode,
  Ground,
  NodeKind,
  NodeTraits,
  PathHop,
  ReachedAsset,
  TrustTrait,
  Way,
} from "./types.ts";
export { buildGraph } from "./build-graph.ts";
export { graphFromRows } from "./draft.ts";
export { isEdgeKind, edgePhrase } from "./edge-kinds.ts";
export { refWords } from "./gap-words.ts";
export { isAccountRoot } from "./inherent-grant.ts";
export { blastRadiusOfAll } from "./reach/blast-radius.ts";
export { nodesAboveSources } from "./reach/gap-marks.ts";
export type { BlastRadiusTable } from "./reach/blast-radius.ts";
export { compactGraph, transferables } from "./reach/compact-graph.ts";
export type { CompactGraph } from "./reach/compact-graph.ts";
export { HeldReach } from "./reach/held-reach.ts";
export type { Followed } from "./reach/held-reach.ts";
export { reachStats } from "./reach/reach-stats.ts";
export type { ReachStats } from "./reach/reach-stats.ts";
export { incrementalReach, startIncrementalReach } from "./reach/incremental-reach.ts";
export type { AddedNode, EditOutcome, GraphEdit, ReachState } from "./reach/incremental-reach.ts";
export type { CompactEdge } from "./reach/incremental-graph.ts";
export { sensitiveFromWeight } from "./reach/worth.ts";
export { graphIndex, levelPoints } from "./reach/graph-index.ts";
export type { GraphIndex } from "./reach/graph-index.ts";
export { controlledByAny } from "./reach/controlled-by-any.ts";
export { decayed, reachOf } from "./reach/reach-of.ts";
export type { Reach } from "./reach/reach-of.ts";
export { exposureOf } from "./reach/exposure-of.ts";
export type { ExposedTo } from "./reach/exposure-of.ts";
export { shortestPath, hopSentence } from "./reach/shortest-path.ts";
export { accessFacts } from "./access-facts.ts";
export type { AccessFacts } from "./access-facts.ts";
export { compilePolicy } from "./aws/policy.ts";
export type { CompiledPolicy } from "./aws/policy.ts";
export { decide } from "./aws/evaluate.ts";
export type { Decision, NamedPolicy, PolicySet, Request, Verdict } from "./aws/evaluate.ts";
export { awsPolicySets } from "./aws/aws-policy-sets.ts";
export { principalVariables } from "./aws/variables.ts";
export { answerQuestion } from "./aws/authorize/answer-question.ts";
export { can } from "./aws/authorize/can.ts";
export type { CanQuestion } from "./aws/authorize/can.ts";
export type { AnswerStatement, PolicyAnswer, PolicyDecision } from "./aws/authorize/policy-answer.ts";
export { levelOfAction } from "./aws/action-level.ts";
export { modelledTechniques } from "./aws/techniques.ts";
export { notModelled } from "./not-modelled.ts";
export { modelledRbacTechniques } from "./kubernetes/rbac-techniques.ts";
export type {
  BeforeAfter,
  Bounds,
  BrokenConsumer,
  Change,
  Entry,
  Fix,
  FocusResult,
  LostAsset,
  LostEdge,
  LostEdges,
  NodeKey,
  UseConfidence,
  WhatIfQuestion,
  WhatIfResult,
} from "./what-if/what-if-types.ts";
export type { HopFix, Route, RouteHop, RouteOptions, SideEffects } from "./routes/route-types.ts";
export type { ChokePoint, ChokePointOptions, ChokePoints, ControlPlane, PlanStep, RedundantFix } from "./choke-points/choke-point-types.ts";
export { administrators } from "./escalation/administrators.ts";
export type { Administrator } from "./escalation/administrators.ts";
export { EscalationRoutes } from "./escalation/escalation-routes.ts";
export type { EscalationOptions, EscalationRoute, RoutesFrom } from "./escalation/escalation-routes.ts";
export type { ReachedResource } from "./escalation/resource-search.ts";
export type { EscalationHop, EscalationWay } from "./escalation/route-hops.ts";
export { techniqueAliases } from "./escalation/technique-aliases.ts";
export { answersPlan } from "./what-if/removal-of.ts";
export { whatIf, riskOf } from "./what-if/what-if.ts";
export { changeOf } from "./what-if/fixes.ts";
export { lostEdges, standingEdges } from "./what-if/lost-edges.ts";
export { narrowed, narrowRefusal, statementRefusal } from "./what-if/narrow-statement.ts";
export { statementsOf } from "./what-if/statements-of.ts";
export { applyChanges } from "./what-if/apply-changes.ts";
export { routes } from "./routes/routes.ts";
export { chokePoints } from "./choke-points/choke-points.ts";
export { controlPlanes } from "./choke-points/control-planes.ts";
