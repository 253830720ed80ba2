import multipart from "@fastify/multipart";
import type { FastifyError, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { z } from "zod";
import { actorOf, assertWholeWorkspace, refuseUnstorableText, type Viewer } from "@rollcall/api-router";
import { actAs, AppError } from "@rollcall/platform";
import type { ApiParts } from "../api-parts.ts";
import { contentCodingOf } from "../http/content-coding.ts";
import { callerOf } from "../http/identity.ts";
import { answerOnce } from "../upload/idempotent.ts";
import { ingestUpload } from "../upload/ingest-upload.ts";
import { readMultipart } from "../upload/read-multipart.ts";
import { readRaw, type RawQuery } from "../upload/read-raw.ts";
import { tooLarge } from "../upload/too-large.ts";
import { batchLimits, batchTypes, fileLimits, fileTypes, inMebibytes, limitsOf, partLimits } from "../upload/upload-limits.ts";
import { uploadHash, type Upload } from "../upload/upload.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { sendList, wantsCsv } from "./list-reply.ts";
import { ingestionView, rejectedPage, rejectedQuery } from "./schemas/ingestion.ts";
import { commonProblems, describedProblem } from "./schemas/problem.ts";
import { idParams } from "./schemas/query.ts";
import type { TypedApp } from "./typed-app.ts";

const rawQuery = z.strictObject({
  filename: z.string().min(1).max(255).optional(),
  asOf: z.string().max(64).optional(),
  account: z.string().min(1).max(256).optional(),
  modifiedAt: z.string().max(64).optional(),
  mapping: z.string().max(8192).describe("For a table: which column is what, as JSON").optional(),
});

export async function registerIngestions(app: TypedApp, parts: ApiParts): Promise<void> {
  app.get(
    "/ingestions/:id",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["ingestion"],
        summary: "How far an ingestion is, and what came of it",
        params: idParams,
        response: { 200: ingestionView, ...commonProblems },
      },
    },
    (request) => procedures(request).ingestions.get({ id: request.params.id }),
  );
  registerRejected(app);
  await app.register(async (scope: TypedApp) => {
    await scope.register(multipart, {
      limits: {
        fileSize: fileLimits.wireBytes,
        files: partLimits.files,
        fields: partLimits.fields,
        fieldSize: partLimits.fieldBytes,
        parts: partLimits.files + partLimits.fields,
      },
    });
    scope.removeContentTypeParser("application/json");
    // Per format: a limit of the route would overrule these.
    for (const [types, { wireBytes }] of [
      [batchTypes, batchLimits],
      [fileTypes, fileLimits],
    ] as const) {
      scope.addContentTypeParser([...types], { parseAs: "buffer", bodyLimit: wireBytes }, (_request, body, done) => done(null, body));
    }
    scope.setErrorHandler((error, request) => {
      throw (error as FastifyError).code === "FST_ERR_CTP_BODY_TOO_LARGE" ? tooLarge(limitsOf(request.headers["content-type"])) : error;
    });
    registerUpload(scope, parts);
  });
}

/** A page at a time, or all of them as CSV: to be put right at their source and sent again. */
function registerRejected(app: TypedApp): void {
  app.get(
    "/ingestions/:id/rejected",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["ingestion"],
        summary: "Records of an ingestion that were not taken, each with the reason; the others were stored",
        params: idParams,
        querystring: rejectedQuery,
        response: {
          200: {
            description: "A page of records; with `Accept: text/csv` all of them",
            content: { "application/json": { schema: rejectedPage }, "text/csv": { schema: z.string() } },
          },
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const { cursor, limit, format } = request.query;
      const call = procedures(request);
      const read = (offset: number, most: number) => call.ingestions.rejected({ id: request.params.id, offset, limit: most });
      const first = await read(cursor, limit);
      if (format !== "csv" && (format === "json" || !wantsCsv(request.headers.accept))) return reply.send(first);
      return sendList({
        request,
        reply,
        name: "rejected",
        columns: ["syncId", "where", "code", "message"],
        limit,
        cursor: undefined,
        format: "csv",
        readPage: (page) => read(Number(page.cursor ?? 0), page.limit),
      });
    },
  );
}

const mebibytes = (bytes: number): string => `${inMebibytes(bytes)} MiB`;

const uploadSchema = {
  tags: ["ingestion"],
  summary: "Import export files or push observations",
  description:
    "Send `multipart/form-data` with one or more parts `file` (and optionally `asOf`, `account`, `mapping`, one `modifiedAt` per file), or one file as the body. " +
    "The answer comes when everything is stored; applying and analysing it go on in the background.\n\n" +
    'A table (CSV) needs a `mapping` of its columns as JSON: `{"source":"bots","columns":[{"column":"ID","field":"ref"}],"defaults":[{"field":"identityKind","value":"bot"}]}`. ' +
    "It is kept with the source: the next table with `account` set to that source needs none.\n\n" +
    `Limits: a JSON or NDJSON body has at most ${mebibytes(batchLimits.wireBytes)} as sent and ${mebibytes(batchLimits.inflatedBytes)} unpacked; files ` +
    `(multipart, or a body of another type) at most ${mebibytes(fileLimits.wireBytes)} in all, as sent and unpacked, and ${partLimits.files} of them, members of archives counted. ` +
    "`Content-Encoding` is gzip or none.\n\n" +
    "With an `Idempotency-Key` a request can be sent again: for 72 hours the same body gets the first answer and nothing is stored twice. " +
    "Another body is refused with 409 (the IETF draft of this header proposes 422), and so is a repeat while the first request is being answered, " +
    "which then says `Retry-After`.",
  consumes: ["multipart/form-data", ...batchTypes, ...fileTypes],
  querystring: rawQuery,
  headers: z.object({ "idempotency-key": z.string().max(255).optional() }),
  response: {
    202: ingestionView,
    ...commonProblems,
    409: describedProblem(
      "This Idempotency-Key was used for another request; with Retry-After: the first request with it is still being answered",
    ),
    413: describedProblem(
      `Larger than ${mebibytes(batchLimits.wireBytes)} (${mebibytes(batchLimits.inflatedBytes)} unpacked) as JSON or NDJSON, or than ${mebibytes(fileLimits.wireBytes)} as files. Split it, or send it as a file`,
    ),
    415: describedProblem("None of the files is of a known kind, or the body is compressed with something else than gzip"),
  },
};

function registerUpload(app: TypedApp, parts: ApiParts): void {
  // The role is judged before the body is read: nobody sends 100 MiB to be refused afterwards.
  const onRequest = [requireScope("ingest"), mayImport];
  app.post("/ingestions", { config: { acceptsGzip: true }, onRequest, schema: uploadSchema }, async (request, reply) => {
    const { viewer, workspaceId } = importerOf(request);
    refuseUnstorableText(request.query);
    const upload = await readUpload(request, request.query);
    const { services, readUpload: read } = parts;
    const options = {
      services,
      read,
      signal: whenLeft(reply),
      workspaceId,
      userId: viewer.userId,
      allowedSources: viewer.importSources,
      origin: originOf(request),
    };
    return answerOnce({ accounts: services.accounts, workspaceId, request, reply, requestHash: uploadHash(upload) }, async () => {
      const view = await actAs(actorOf(viewer, request.id), () => ingestUpload(upload, options));
      return { status: 202, headers: { location: `/api/v1/ingestions/${view.id}` }, body: view };
    });
  });
}

/** Aborted when whoever sent the upload hangs up before it is answered: nobody waits for it any more. */
function whenLeft({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) left.abort();
  });
  return left.signal;
}

const mayImport: onRequestAsyncHookHandler = async (request) => {
  importerOf(request);
};

/** Admins and analysts import; a key does with the scope that the route asks for. */
function importerOf(request: FastifyRequest): { readonly viewer: Viewer; readonly workspaceId: string } {
  const { viewer, workspace, role } = callerOf(request).context;
  if (viewer === null || workspace === null) throw new AppError("forbidden", "You are not a member of a workspace");
  if (role !== "admin" && role !== "analyst") throw new AppError("forbidden", `Your role (${role ?? "none"}) does not allow imports`);
  assertWholeWorkspace(viewer);
  return { viewer, workspaceId: workspace.id };
}

function readUpload(request: FastifyRequest, query: RawQuery): Promise<Upload> {
  if (request.isMultipart()) return readMultipart(request);
  const contentType = request.headers["content-type"] ?? "";
  return readRaw({ bytes: request.body as Buffer, contentType, isGzip: contentCodingOf(request) === "gzip" }, query);
}

/** Observations are pushed as lines; everything else is somebody's export. */
const originOf = (request: FastifyRequest): "import" | "push" =>
  /^application\/(x-)?ndjson\b/i.test(request.headers["content-type"] ?? "") ? "push" : "import";
