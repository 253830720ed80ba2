import { z } from "zod";
import { AppError, type ErrorCode, type FieldError } from "./app-error.ts";

/** RFC 9457 body, `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
}

export const problemContentType = "application/problem+json";

const titleByCode: Readonly<Record<ErrorCode, string>> = {
  invalid_input: "The request is not valid",
  unauthenticated: "Sign in first",
  forbidden: "Your role does not allow this",
  not_found: "Not found",
  conflict: "This conflicts with the current state",
  too_large: "The request is too large",
  rate_limited: "Too many requests",
  unavailable: "Temporarily unavailable",
  unsupported: "This format is not supported",
  precondition_failed: "The object changed in the meantime",
  cancelled: "Cancelled",
  internal: "Something went wrong on our side",
};

/** Turns whatever was thrown into an AppError; unknown causes keep their text for the log only. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return fromZod(error);
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AppError("internal", "Something went wrong. Try again; the request id helps your administrator to find out why.", {
    detail,
    cause: error,
  });
}

export function toProblem(error: unknown, requestId: string): Problem {
  const known = asAppError(error);
  return {
    type: `urn:rollcall:problem:${known.code}`,
    title: titleByCode[known.code],
    status: known.status,
    detail: known.message,
    code: known.code,
    requestId,
    ...(known.fields.length > 0 ? { errors: known.fields } : {}),
  };
}

function fromZod(error: z.ZodError): AppError {
  const fields = error.issues.slice(0, 50).map((issue) => ({ pointer: pointerOf(issue.path), message: issue.message }));
  const first = fields[0];
  const where = first === undefined || first.pointer === "" ? "" : ` at ${first.pointer}`;
  return new AppError("invalid_input", `The input is not valid${where}: ${first?.message ?? "unknown reason"}`, { fields });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
