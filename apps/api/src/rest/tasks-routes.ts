import { z } from "zod";
import { openPlanInput, taskActionInput } from "@rollcall/api-router";
import { listResponse } from "./list-route.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { commonProblems, describedProblem } from "./schemas/problem.ts";
import { idParams, tasksQuery } from "./schemas/query.ts";
import { taskRow } from "./schemas/rows.ts";
import { taskView } from "./schemas/task.ts";
import type { TypedApp } from "./typed-app.ts";

const columns = Object.keys(taskRow.shape);

export function registerTasks(app: TypedApp): void {
  app.get(
    "/tasks",
    {
      onRequest: requireScope("read"),
      schema: { tags: ["findings"], summary: "List tasks", querystring: tasksQuery, response: listResponse(taskRow, "tasks") },
    },
    async (request, reply) => {
      const { cursor, limit, format, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof taskRow>>({
        request,
        reply,
        name: "tasks",
        columns,
        limit,
        cursor,
        format,
        readPage: (page) => call.tasks.list({ filter, ...page }),
      });
    },
  );
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
  app.get(
    "/tasks/:id",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["findings"],
        summary: "One task with its findings, steps and history",
        params: idParams,
        response: { 200: taskView, ...commonProblems },
      },
    },
    (request) => procedures(request).tasks.get({ id: request.params.id }),
  );
  app.post(
    "/tasks/:id/actions",
    {
      onRequest: requireScope("triage"),
      schema: {
        tags: ["findings"],
        summary: "Act on a task",
        description: "`version` is the one of the task you looked at; when somebody was faster the answer is 409.",
        params: idParams,
        body: taskActionInput.omit({ id: true }),
        response: { 200: taskView, ...commonProblems, 409: describedProblem("Somebody changed the task in the meantime") },
      },
    },
    (request) => procedures(request).tasks.act({ id: request.params.id, ...request.body }),
  );
}
