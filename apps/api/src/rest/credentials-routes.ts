import type { z } from "zod";
import { listResponse } from "./list-route.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { credentialsQuery } from "./schemas/query.ts";
import { credentialRow } from "./schemas/rows.ts";
import type { TypedApp } from "./typed-app.ts";

const columns = Object.keys(credentialRow.shape);

export function registerCredentials(app: TypedApp): void {
  app.get(
    "/credentials",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["inventory"],
        summary: "List credentials (never their values)",
        querystring: credentialsQuery,
        response: listResponse(credentialRow, "credentials"),
      },
    },
    async (request, reply) => {
      const { cursor, limit, format, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof credentialRow>>({
        request,
        reply,
        name: "credentials",
        columns,
        limit,
        cursor,
        format,
        readPage: (page) => call.credentials.list({ filter, ...page }),
      });
    },
  );
}
