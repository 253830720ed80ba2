import { createHmac, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "@rollcall/platform";
import type { ApiParts } from "../api-parts.ts";
import { currentSession, type CurrentSession } from "../auth/current-session.ts";
import type { Verdict } from "../auth/failure-limiter.ts";
import { guessKey } from "../auth/viewer-session.ts";

const signInPath = "/api/auth/sign-in/email";
/** Calls of somebody who is signed in that ask for the password once more: whoever took a session over would guess it there. */
const asksAgainAt: ReadonlySet<string> = new Set(
  ["change-password", "two-factor/enable", "two-factor/disable"].map((path) => `/api/auth/${path}`),
);
/** Calls that end in a session, when they succeed. */
const entersAt = /^\/api\/auth\/(?:sign-in\/|two-factor\/verify-|passkey\/verify-authentication)/;
/** Where the sign-in library looks for the address of the sender. */
const addressHeader = "x-forwarded-for";
const signOutPath = "/api/auth/sign-out";

/**
 * Tells guesses at one account from guesses at many, as long as this process runs. Not the address itself: people type their password into that
 * field, and a line is read by more people than a password should be.
 */
const markKey = randomBytes(32);
const mark = (account: string): string =>
  createHmac("sha256", markKey)
    .update(account.slice(account.indexOf(" ") + 1))
    .digest("hex")
    .slice(0, 16);

/** Hands `/api/auth/*` to Better Auth as web requests, and slows down whoever guesses passwords. */
export async function registerAuth(app: FastifyInstance, parts: ApiParts): Promise<void> {
  app.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    schema: { hide: true },
    bodyLimit: 64 * 1024,
    handler: async (request, reply) => {
      const session = await livingSession(parts, request);
      const account = accountKey(request, session);
      const response = await (account === null
        ? answer(parts, request)
        : parts.guesses.attempt(account, () => answer(parts, request), verdictOf));
      if (response.status >= 400 && response.status < 500 && entersAt.test(pathOf(request)))
        request.log.warn(
          { path: pathOf(request), from: request.ip, ...(account === null ? {} : { account: mark(account) }) },
          "sign-in refused",
        );
      if (response.status >= 500) {
        // The library answers 500 for everything; people are told when it is only the database that is away.
        await parts.checkDatabase();
        throw new AppError("internal", "Signing in failed. Try again", { detail: `auth answered ${response.status}` });
      }
      // Nobody who opens this browser next finds pages of the person who left.
      if (response.ok && pathOf(request) === signOutPath) reply.header("clear-site-data", '"cache"');
      return forward(response, reply);
    },
  });
}

/** A session that is older than any may be ends here, before the library would take it. */
async function livingSession(parts: ApiParts, request: FastifyRequest): Promise<CurrentSession | null> {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  return currentSession(parts, cookie).catch(async (error: unknown) => {
    await parts.checkDatabase();
    throw error;
  });
}

const answer = (parts: ApiParts, request: FastifyRequest): Promise<Response> =>
  parts.auth.handler(webRequest(request, parts.origins[0] ?? "http://localhost"));

/** The library answers 401 to a wrong password at the door, and 400 to one from inside. */
async function verdictOf(response: Response): Promise<Verdict> {
  if (response.ok) return "success";
  if (response.status === 401) return "failure";
  const body: unknown = response.status === 400 ? await response.clone().json() : null;
  return (body as { readonly code?: unknown } | null)?.code === "INVALID_PASSWORD" ? "failure" : null;
}

const pathOf = (request: FastifyRequest): string => new URL(request.url, "http://localhost").pathname;

function accountKey(request: FastifyRequest, session: CurrentSession | null): string | null {
  const path = pathOf(request);
  if (asksAgainAt.has(path)) return session === null ? null : guessKey(request.ip, session.user.email);
  if (path !== signInPath) return null;
  const email = (request.body as { readonly email?: unknown } | null)?.email;
  return guessKey(request.ip, typeof email === "string" ? email : "");
}

function webRequest(request: FastifyRequest, origin: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The length changes because the body is written anew.
    if (value === undefined || name === "content-length" || name === "host") continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  // Whose address is kept with a session: the one that the server saw, not one that the sender claims.
  headers.set(addressHeader, request.ip);
  const body = request.method === "POST" ? JSON.stringify(request.body ?? {}) : undefined;
  if (body !== undefined) headers.set("content-type", "application/json");
  return new Request(new URL(request.url, origin), { method: request.method, headers, ...(body === undefined ? {} : { body }) });
}

async function forward(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.status(response.status);
  response.headers.forEach((value, name) => {
    // The length changes where something is left out.
    if (name !== "set-cookie" && name !== "content-length") reply.header(name, value);
  });
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  reply.header("cache-control", "no-store");
  if (response.body === null) return reply.send(null);
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return reply.send(isJson ? withoutTokens(await response.text()) : Buffer.from(await response.arrayBuffer()));
}

/** The library tells a page the token of its session, and of the person's others. What scripts may not read in the cookie they may not read here. */
const withoutTokens = (json: string): string =>
  json === "" ? json : JSON.stringify(JSON.parse(json, (name, value: unknown) => (name === "token" ? undefined : value)));
