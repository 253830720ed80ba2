import { AppError, type ErrorCode, type FieldError } from "./app-error.ts";
import { asAppError } from "./problem.ts";

/** An error as plain data, for its way out of a thread. Stack and cause stay behind. */
export interface ErrorParts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: string | undefined;
  readonly status: number;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
}

export function errorParts(error: unknown): ErrorParts {
  const { code, message, detail, status, fields, retryAfterSeconds } = asAppError(error);
  return { code, message, detail, status, fields, retryAfterSeconds };
}

export function errorOfParts({ code, message, detail, status, fields, retryAfterSeconds }: ErrorParts): AppError {
  return new AppError(code, message, {
    status,
    fields,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
