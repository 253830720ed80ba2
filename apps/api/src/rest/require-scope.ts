import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { appRouter, createCallerFactory } from "@rollcall/api-router";
import { AppError } from "@rollcall/platform";
import type { ApiKeyScope } from "@rollcall/posture-pipeline";
import { callerOf } from "../http/identity.ts";

const createCaller = createCallerFactory(appRouter);

/** The procedures of the dashboard, called in process: the REST API can do no more than the person or key behind the request. */
export type Procedures = ReturnType<typeof createCaller>;
export const procedures = (request: FastifyRequest): Procedures => createCaller(callerOf(request).context);

/** Scopes a key needs for a route; `admin` implies all. Sessions are judged by their role inside the procedures. */
export const requireScope =
  (scope: ApiKeyScope): onRequestAsyncHookHandler =>
  async (request) => {
    const caller = callerOf(request);
    if (caller.kind === "stranger") throw new AppError("unauthenticated", "Sign in, or send an API key as `Authorization: Bearer rcl_...`");
    if (caller.kind === "person" || caller.scopes.includes("admin") || caller.scopes.includes(scope)) return;
    throw new AppError("forbidden", `This API key lacks the scope "${scope}"`);
  };
