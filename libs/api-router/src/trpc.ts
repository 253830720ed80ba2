import { initTRPC, TRPCError } from "@trpc/server";
import type { WorkspaceRole } from "@rollcall/nhi-model";
import { actAs, AppError, asAppError, type ErrorCode } from "@rollcall/platform";
import { actorOf } from "./actor-of.ts";
import { assertWholeWorkspace } from "./words/ownership.ts";
import type { Context } from "./context.ts";
import { refuseUnstorableText } from "./storable-text.ts";
import { storageFailure } from "./storage-failure.ts";

type TrpcCode = TRPCError["code"];

const trpcCodeByCode: Readonly<Record<ErrorCode, TrpcCode>> = {
  invalid_input: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  unsupported: "UNSUPPORTED_MEDIA_TYPE",
  precondition_failed: "PRECONDITION_FAILED",
  cancelled: "CLIENT_CLOSED_REQUEST",
  internal: "INTERNAL_SERVER_ERROR",
};

/** What a client may rely on about an error; the stack and the internal detail stay in the log. */
export interface ErrorFacts {
  readonly appCode: ErrorCode;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
}

const appCodeByTrpcCode: Readonly<Partial<Record<TrpcCode, ErrorCode>>> = {
  BAD_REQUEST: "invalid_input",
  PARSE_ERROR: "invalid_input",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not_found",
  METHOD_NOT_SUPPORTED: "invalid_input",
  UNSUPPORTED_MEDIA_TYPE: "unsupported",
  PAYLOAD_TOO_LARGE: "too_large",
};

/** The AppError behind whatever tRPC wrapped. */
export function appErrorOf(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  const code = appCodeByTrpcCode[error.code];
  if (code === undefined) return asAppError(error.cause ?? error);
  if (error.cause !== undefined && error.code === "BAD_REQUEST") return asAppError(error.cause);
  return new AppError(code, code === "not_found" ? "There is no such procedure" : error.message);
}

const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error, ctx }) {
    const known = appErrorOf(error);
    const facts: ErrorFacts = {
      appCode: known.code,
      requestId: ctx?.requestId ?? null,
      retryAfterSeconds: known.retryAfterSeconds ?? null,
    };
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, message: known.message, data: { ...data, ...facts } };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Ports throw AppError; tRPC must see the right HTTP status for it. */
const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  const known = storageFailure(result.error.cause) ?? asAppError(result.error.cause ?? result.error);
  throw new TRPCError({ code: trpcCodeByCode[known.code], message: known.message, cause: known });
});

/** How much of the workspace a procedure's answer covers; `own`: the store ends it at what a limited member's teams answer for. */
type Reach = "workspace" | "own";

/**
 * The only way to make a procedure: signed in, member of the workspace, and one of the roles named. Members limited to their teams are
 * refused unless the procedure says that it shows them no more than their own.
 */
export function authed(roles: readonly WorkspaceRole[], reach: Reach = "workspace") {
  return t.procedure.use(mapErrors).use(async ({ ctx, next, getRawInput }) => {
    const { viewer, workspace, role } = ctx;
    if (viewer === null) throw new AppError("unauthenticated", "Sign in to continue");
    if (workspace === null || role === null) throw new AppError("forbidden", "You are not a member of a workspace");
    if (!roles.includes(role)) throw new AppError("forbidden", `Your role (${role}) does not allow this`);
    if (reach !== "own") assertWholeWorkspace(viewer);
    // A procedure without input may come without a body; one with input says itself what is wrong with it.
    refuseUnstorableText(await getRawInput().catch(() => undefined));
    // What the stores write to the audit log names whoever asked.
    return actAs(actorOf(viewer, ctx.requestId), () => next({ ctx: { ...ctx, viewer, workspace, role, workspaceId: workspace.id } }));
  });
}

export type AuthedContext = Omit<Context, "viewer" | "workspace" | "role"> & {
  readonly viewer: NonNullable<Context["viewer"]>;
  readonly workspace: NonNullable<Context["workspace"]>;
  readonly role: WorkspaceRole;
  readonly workspaceId: string;
};
