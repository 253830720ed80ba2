import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { storageFailure } from "@rollcall/api-router";
import { AppError, asAppError, problemContentType, toProblem, type ErrorCode } from "@rollcall/platform";
import { unwrapTrpcError } from "../rest/unwrap-trpc-error.ts";

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: "invalid_input",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "not_found",
  413: "too_large",
  415: "unsupported",
  429: "rate_limited",
  503: "unavailable",
};

/** Fastify's own errors, in our vocabulary. Their messages may quote input, so ours are used. */
const messageByCode: Readonly<Partial<Record<ErrorCode, string>>> = {
  invalid_input: "The request could not be read",
  not_found: "There is nothing at this address",
  too_large: "The body is larger than this route accepts",
  unsupported: "This content type is not accepted here",
};

export function appErrorFrom(thrown: unknown): AppError {
  const error = unwrapTrpcError(thrown);
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation
      .slice(0, 50)
      .map((issue) => ({ pointer: issue.instancePath, message: issue.message ?? "is not valid" }));
    const first = fields[0];
    return new AppError(
      "invalid_input",
      `The input is not valid${first === undefined ? "" : ` at ${first.pointer || "/"}: ${first.message}`}`,
      { fields },
    );
  }
  const known = error instanceof Error ? storageFailure(error) : null;
  if (known !== null) return known;
  const status = (error as FastifyError | null)?.statusCode;
  const code = status === undefined ? undefined : codeByStatus[status];
  if (code === undefined) return asAppError(error);
  return new AppError(code, messageByCode[code] ?? (error as Error).message, { detail: (error as Error).message, cause: error });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  if (error.retryAfterSeconds !== undefined) reply.header("retry-after", error.retryAfterSeconds);
  if (error.status === 401) reply.header("www-authenticate", "Bearer");
  return reply.status(error.status).type(problemContentType).send(toProblem(error, request.id));
}

function bodyTooLarge(limitBytes: number): AppError {
  const limit = limitBytes >= 1024 * 1024 ? `${Math.round(limitBytes / 1024 / 1024)} MiB` : `${Math.round(limitBytes / 1024)} KiB`;
  return new AppError("too_large", `A body may have ${limit} here. Compress it, or split it`);
}

export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const tooLong = (error as FastifyError).code === "FST_ERR_CTP_BODY_TOO_LARGE";
    const known = tooLong ? bodyTooLarge(request.routeOptions.bodyLimit) : appErrorFrom(error);
    const facts = { code: known.code, detail: known.detail };
    if (known.status >= 500) request.log.error(facts, "request failed");
    else request.log.info(facts, "request refused");
    return sendProblem(request, reply, known);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new AppError("not_found", "There is nothing at this address")));
}
