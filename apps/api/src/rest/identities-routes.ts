import type { z } from "zod";
import { listResponse } from "./list-route.ts";
import { sendList } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { identityView } from "./schemas/identity.ts";
import { commonProblems } from "./schemas/problem.ts";
import { idParams, identitiesQuery } from "./schemas/query.ts";
import { identityRow } from "./schemas/rows.ts";
import type { TypedApp } from "./typed-app.ts";

const columns = Object.keys(identityRow.shape);

export function registerIdentities(app: TypedApp): void {
  app.get(
    "/identities",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["inventory"],
        summary: "List machine identities",
        querystring: identitiesQuery,
        response: listResponse(identityRow, "identities"),
      },
    },
    async (request, reply) => {
      const { cursor, limit, format, sort, direction, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof identityRow>>({
        request,
        reply,
        name: "identities",
        columns,
        limit,
        cursor,
        format,
        readPage: (page) => call.identities.list({ filter, sort, direction, ...page }),
      });
    },
  );
  app.get(
    "/identities/:id",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["inventory"],
        summary: "One identity with facts, credentials, score terms, findings and tasks",
        params: idParams,
        response: { 200: identityView, ...commonProblems },
      },
    },
    (request) => procedures(request).identities.get({ id: request.params.id }),
  );
}
