import type { z } from "zod";
import { listResponse } from "./list-route.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { tasksQuery } from "./schemas/query.ts";
import { taskRow } from "./schemas/rows.ts";
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
      const { cursor, limit, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof taskRow>>({
        request,
        reply,
        name: "tasks",
        columns,
        limit,
        cursor,
        readPage: (page) => call.tasks.list({ filter, ...page }),
      });
    },
  );
}
