import { z } from "zod";
import { openPlanInput } from "@rollcall/api-router";
import { procedures, requireScope } from "./require-scope.ts";
import { commonProblems, describedProblem } from "./schemas/problem.ts";
import { idParams } from "./schemas/query.ts";
import { taskView } from "./schemas/task.ts";
import type { TypedApp } from "./typed-app.ts";

/** Tasks that carry a plan are opened and withdrawn by people; those of findings by the data alone. */
export function registerPlanTasks(app: TypedApp): void {
  app.post(
    "/tasks",
    {
      onRequest: requireScope("triage"),
      schema: {
        tags: ["findings"],
        summary: "Open a task that carries a plan",
        description:
          "The steps are those of `POST /what-if`. The analysis that no longer finds what they take away marks the task as done. The same steps have one task: asking again answers with it, and 200.",
        body: openPlanInput,
        response: {
          200: taskView,
          201: taskView,
          ...commonProblems,
          409: describedProblem("A source that the plan speaks of was removed"),
        },
      },
    },
    async (request, reply) => {
      const call = procedures(request);
      const { taskId, opened } = await call.tasks.openPlan(request.body);
      return reply.status(opened ? 201 : 200).send(await call.tasks.get({ id: taskId }));
    },
  );
  app.delete(
    "/tasks/:id",
    {
      onRequest: requireScope("triage"),
      schema: {
        tags: ["findings"],
        summary: "Withdraw a task that carries a plan",
        description:
          "With the `version` of the task you looked at, the answer is 409 when somebody was faster. Tasks that findings opened stay.",
        params: idParams,
        querystring: z.strictObject({ version: z.coerce.number().int().min(0).optional() }),
        response: { 204: z.null(), ...commonProblems, 409: describedProblem("Somebody changed the task in the meantime") },
      },
    },
    async (request, reply) => {
      await procedures(request).tasks.withdrawPlan({ id: request.params.id, version: request.query.version });
      return reply.status(204).send(null);
    },
  );
}
