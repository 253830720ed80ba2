import type { z } from "zod";
import { listResponse } from "./list-route.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { reportsQuery } from "./schemas/query.ts";
import { reportRow } from "./schemas/rows.ts";
import type { TypedApp } from "./typed-app.ts";

const columns = Object.keys(reportRow.shape);

export function registerReports(app: TypedApp): void {
  app.get(
    "/reports",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["findings"],
        summary: "What other tools say, as they said it",
        description: "Findings that were imported (OCSF) or pushed. They stand beside Rollcall's own and change no score.",
        querystring: reportsQuery,
        response: listResponse(reportRow, "reports"),
      },
    },
    async (request, reply) => {
      const { cursor, limit, format, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof reportRow>>({
        request,
        reply,
        name: "reports",
        columns,
        limit,
        cursor,
        format,
        readPage: (page) => call.reports.list({ filter, ...page }),
      });
    },
  );
}
