import type { z } from "zod";
import { taskActionInput } from "@rollcall/api-router";
import { listResponse } from "./list-route.ts";
import { registerPlanTasks } from "./plan-tasks-routes.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { commonProblems, describedProblem } from "./schemas/problem.ts";
import { idParams, tasksQuery } from "./schemas/query.ts";
import { taskRow } from "./schemas/rows.ts";
import { taskView } from "./schemas/task.ts";
import type { TypedApp } from "./typed-app.ts";

const columns = Object.keys(taskRow.shape);

export function registerTasks(app: TypedApp): void {
  registerPlanTasks(app);
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
