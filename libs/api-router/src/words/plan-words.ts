import type { TaskPlanView, TaskView } from "@rollcall/posture-pipeline";

const some = (count: number, one: string, many: string): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What a task says that carries a plan: the same places that rules fill for their findings. */
export function whatToDoForPlan(plan: TaskPlanView): Pick<TaskView, "steps" | "verify" | "breaks" | "why"> {
  return {
    steps: plan.steps.map((step) => step.title),
    why: whyOf(plan),
    breaks: breaksOf(plan),
    verify: verifyOf(plan),
  };
}

function whyOf({ riskCutPct, focus, atLeast }: TaskPlanView): string {
  const least = atLeast ? "at least " : "";
  const whole =
    riskCutPct === 0
      ? "It changes nothing about the risk of the workspace as a whole."
      : `It takes away ${least}${riskCutPct} % of the risk of the workspace, counted over every way in.`;
  return focus === null ? whole : `${whole} It was made for ${focus.label}.`;
}

function breaksOf({ affected, affectedTotal }: TaskPlanView): string {
  if (affectedTotal === 0) return "Nobody loses anything it can do today.";
  const used = affected.filter((each) => each.used === "used").length;
  const unknown = affected.filter((each) => each.used === "unknown").length;
  const loses = `${some(affectedTotal, "identity or resource loses", "identities and resources lose")} something it can do today`;
  if (used > 0)
    return `${loses}; ${used.toLocaleString("en")} of them used it in the last 90 days. Speak with whoever answers for those first.`;
  return unknown > 0
    ? `${loses}. No connected source reports whether ${unknown.toLocaleString("en")} of them used it.`
    : `${loses}. None used it in the last 90 days.`;
}

function verifyOf({ edges, rotations }: TaskPlanView): string {
  const gone =
    edges === 0
      ? []
      : [`no longer finds ${edges === 1 ? "the step" : `any of the ${edges.toLocaleString("en")} steps`} that this plan takes out`];
  const rotated = rotations === 0 ? [] : [`sees a newer value of ${some(rotations, "credential", "credentials")}`];
  return `The first analysis after a complete sync that ${[...gone, ...rotated].join(" and ")} marks this task as done.`;
}
