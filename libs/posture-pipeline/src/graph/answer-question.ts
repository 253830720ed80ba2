import type { AccessGraph } from "@rollcall/access-graph";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { GraphAnswers, GraphQuestion, GraphQuestionName } from "../ports/graph-service.ts";
import { answerChanges } from "./answer-changes.ts";
import { answerChokePoints } from "./answer-choke-points.ts";
import { answerControlPlanes } from "./answer-control-planes.ts";
import { answerExposure } from "./answer-exposure.ts";
import { answerMembers } from "./answer-members.ts";
import { answerNotModelled } from "./answer-not-modelled.ts";
import { answerPlanTask } from "./answer-plan-task.ts";
import { answerNarrowing, answerPolicy } from "./answer-policy.ts";
import { answerRadius } from "./answer-radius.ts";
import { answerRoutes } from "./answer-routes.ts";
import { answerWhatIf } from "./answer-what-if.ts";
import { storedWorld } from "./plan-world.ts";
import type { PlanWorld } from "./plan-world.ts";
import type { ReadGraph } from "./source-lags.ts";

/** What is held of a workspace to answer from: the graph of one analysis, and the inventory it was made from, read when needed. */
export interface GraphWorld {
  readonly version: string;
  readonly graph: AccessGraph;
  /** How its sources stand now: one that stopped since the analysis makes answers "at least" as well. */
  readonly read: () => Promise<ReadGraph>;
  readonly snapshot: () => Promise<WorkspaceSnapshot>;
}

type Answer = GraphAnswers[GraphQuestionName];

/** One question, one answer. Only the database is waited for. */
export async function answerQuestion(world: GraphWorld, question: GraphQuestion): Promise<Answer> {
  const { graph, version } = world;
  const plans = async (): Promise<PlanWorld> => storedWorld(await world.read(), await world.snapshot());
  switch (question.name) {
    case "radius":
      return { version, ...answerRadius(await world.read(), question.input.node, question.input) };
    case "exposure":
      return { version, ...answerExposure(await world.read(), question.input.node, question.input) };
    case "members":
      return answerMembers(graph, question.input);
    case "routes":
      return answerRoutes(await world.read(), { ...question.input, snapshot: question.input.fixes ? await world.snapshot() : null });
    case "notModelled":
      return { version, ...answerNotModelled(await world.read()) };
    case "changes":
      return answerChanges({ graph, snapshot: await world.snapshot() }, question.input.node);
    case "whatIf":
      return { version, ...answerWhatIf(await plans(), question.input) };
    case "policy":
      return answerPolicy(await world.snapshot(), question.input.policy);
    case "narrowing":
      return answerNarrowing(await world.snapshot(), question.input);
    case "planTask":
      return answerPlanTask(await plans(), question.input);
    case "controlPlanes":
      return answerControlPlanes(graph);
    case "chokePoints":
      return { version, ...answerChokePoints(await plans()) };
    case "version":
      return version;
  }
}
