import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError, problemContentType, toProblem } from "@rollcall/platform";
import type { ApiParts } from "../api-parts.ts";
import { FailureLimiter } from "../auth/failure-limiter.ts";
import { exchangeToken } from "../auth/federation/exchange-token.ts";
import { appErrorFrom } from "../http/problem-reply.ts";
import { describedProblem } from "./schemas/problem.ts";
import type { TypedApp } from "./typed-app.ts";

const grantType = "urn:ietf:params:oauth:grant-type:token-exchange";
const tokenTypes = ["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token"] as const;
const accessTokenType = "urn:ietf:params:oauth:token-type:access_token";
/** Tokens of issuers are one or two kilobytes. */
const longestToken = 8 * 1024;

const body = z.object({
  grant_type: z.literal(grantType),
  subject_token: z.string().min(1).max(longestToken).meta({ description: "The signed token that the issuer gave to the job" }),
  subject_token_type: z.enum(tokenTypes),
  audience: z.string().min(1).max(64).meta({ description: "Id of the federation, as the settings show it" }),
  requested_token_type: z.literal(accessTokenType).optional(),
});
const answer = z
  .object({
    access_token: z.string(),
    issued_token_type: z.literal(accessTokenType),
    token_type: z.literal("Bearer"),
    expires_in: z.int(),
    scope: z.string(),
  })
  .meta({ id: "ExchangedToken" });

/** `POST /token`: token exchange of RFC 8693. The token is its own proof, so neither session nor key is looked at. */
export async function registerToken(app: TypedApp, parts: ApiParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, text, done) =>
      done(null, fieldsOf(String(text))),
    );
    const failures = new FailureLimiter({ limit: 30, windowSeconds: 60, now: () => parts.services.clock.now().getTime() });
    const typed = scope as unknown as TypedApp;
    typed.post(
      "/token",
      {
        bodyLimit: 16 * 1024,
        config: { ownProof: true },
        schema: {
          tags: ["token"],
          summary: "Exchange a signed token of a trusted issuer for a short-lived one (RFC 8693)",
          security: [],
          consumes: ["application/x-www-form-urlencoded"],
          body,
          response: {
            200: answer,
            400: describedProblem("The request or the presented token is not accepted; `error` is the code of RFC 6749"),
            429: describedProblem("Too many requests; see Retry-After"),
            503: describedProblem("The issuer cannot be reached; see Retry-After"),
          },
        },
        errorHandler: (error, request, reply) => void refuse(error, request, reply),
      },
      async (request, reply) => {
        failures.assertAllowed(request.ip);
        const { subject_token: subjectToken, audience } = request.body;
        try {
          const token = await exchangeToken(parts, { subjectToken, audience, requestId: request.id });
          reply.header("cache-control", "no-store");
          return {
            access_token: token.accessToken,
            issued_token_type: accessTokenType,
            token_type: "Bearer" as const,
            expires_in: token.expiresInSeconds,
            scope: token.scopes.join(" "),
          } as const;
        } catch (error) {
          failures.recordFailure(request.ip);
          throw error;
        }
      },
    );
  });
}

/** A field that comes twice could mean one thing here and another elsewhere. */
function fieldsOf(text: string): Readonly<Record<string, string>> {
  const fields = new URLSearchParams(text);
  const names = [...fields.keys()];
  if (new Set(names).size !== names.length) throw new AppError("invalid_input", "A field is given more than once");
  return Object.fromEntries(fields);
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = appErrorFrom(error);
  const facts = { code: known.code, detail: known.detail };
  if (known.status >= 500) request.log.error(facts, "token exchange failed");
  else request.log.info(facts, "token exchange refused");
  if (known.retryAfterSeconds !== undefined) reply.header("retry-after", known.retryAfterSeconds);
  const code = known.status >= 500 ? "temporarily_unavailable" : "invalid_request";
  return reply
    .status(known.status)
    .header("cache-control", "no-store")
    .type(problemContentType)
    .send({ ...toProblem(known, request.id), error: code, error_description: known.message });
}
