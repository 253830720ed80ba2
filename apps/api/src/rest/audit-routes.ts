import { z } from "zod";
import { sendList } from "./list-reply.ts";
import { listResponse } from "./list-route.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { commonProblems } from "./schemas/problem.ts";
import { pageQuery } from "./schemas/query.ts";
import type { TypedApp } from "./typed-app.ts";

const auditRow = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  actorKind: z.enum(["person", "api_key", "system"]),
  actorId: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  objectKind: z.string(),
  objectId: z.string().nullable(),
  objectLabel: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
});
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const auditRecord = z.object({
  workspaceId: z.uuid(),
  seq: z.int(),
  at: z.iso.datetime(),
  body: z.string().describe("Canonical JSON (RFC 8785)"),
  prevHash: hash,
  hash,
});
const auditSegment = z.object({
  workspaceId: z.uuid(),
  firstSeq: z.int(),
  lastSeq: z.int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  prevHash: hash.describe("Hash of the row before the first"),
  lastHash: hash,
  prunedAt: z.iso.datetime(),
  publicKey: z.string().describe("Ed25519, base64url"),
  signature: z.string().describe("Ed25519, base64url"),
});
const auditQuery = pageQuery.extend({
  action: z.string().max(64).optional(),
  actorId: z.string().max(128).optional(),
  objectId: z.string().max(256).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
const columns = Object.keys(auditRow.shape);

export function registerAudit(app: TypedApp): void {
  app.get(
    "/audit",
    {
      onRequest: requireScope("admin"),
      schema: {
        tags: ["audit"],
        summary: "Audit log, newest first",
        querystring: auditQuery,
        response: listResponse(auditRow, "audit log rows"),
      },
    },
    async (request, reply) => {
      const { cursor, limit, format, ...filter } = request.query;
      const call = procedures(request);
      return sendList<z.infer<typeof auditRow>>({
        request,
        reply,
        name: "audit",
        columns,
        limit,
        cursor,
        format,
        readPage: (page) =>
          call.audit.list({ filter, ...page }) as Promise<{ items: z.infer<typeof auditRow>[]; nextCursor: string | null }>,
      });
    },
  );
  app.get(
    "/audit/records",
    {
      onRequest: requireScope("admin"),
      schema: {
        tags: ["audit"],
        summary: "The hash chain of the audit log, oldest first, for verifying it elsewhere",
        querystring: z.strictObject({
          after: z.coerce.number().int().min(0).default(0).describe("Number of the last row already seen"),
          limit: z.coerce.number().int().min(1).max(1000).default(1000),
        }),
        response: { 200: z.object({ items: z.array(auditRecord).readonly() }), ...commonProblems },
      },
    },
    (request) => procedures(request).audit.records(request.query),
  );
  app.get(
    "/audit/segments",
    {
      onRequest: requireScope("admin"),
      schema: {
        tags: ["audit"],
        summary: "What was pruned of the audit log, oldest first: signed ends of segments of the hash chain",
        response: { 200: z.object({ items: z.array(auditSegment).readonly() }), ...commonProblems },
      },
    },
    (request) => procedures(request).audit.segments(),
  );
}
