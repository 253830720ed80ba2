import type { z } from "zod";
import { listResponse } from "./list-route.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { findingsQuery } from "./schemas/query.ts";
import { findingRow } from "./schemas/rows.ts";
import type { TypedApp } from "./typed-app.ts";

const columns = Object.keys(findingRow.shape);

export function registerFindings(app: TypedApp): void {
  app.get(
    "/findings",
    {
      onRequest: requireScope("read"),
      schema: { tags: ["findings"], summary: "List findings", querystring: findingsQuery, response: listResponse(findingRow, "findings") },
    },
    async (request, reply) => {
      const { cursor, limit, format, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof findingRow>>({
        request,
        reply,
        name: "findings",
        columns,
        limit,
        cursor,
        format,
        readPage: (page) => call.findings.list({ filter, ...page }),
      });
    },
  );
}
