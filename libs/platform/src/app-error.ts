/** The only codes an error may carry. Clients script against them, so a new one is an API change. */
export const errorCodes = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "rate_limited",
  "unavailable",
  "unsupported",
  "precondition_failed",
  "cancelled",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One rejected input field; `pointer` is an RFC 6901 JSON pointer. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

export interface AppErrorOptions {
  /** For the log only, never sent to a client. */
  readonly detail?: string;
  /** Overrides the status of the code, e.g. 507 for a full disk. */
  readonly status?: number;
  readonly fields?: readonly FieldError[];
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** An error whose message was written for the person who reads it. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly status: number;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.status = options.status ?? httpStatus(code);
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

const statusByCode: Readonly<Record<ErrorCode, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  unsupported: 415,
  precondition_failed: 412,
  cancelled: 499,
  internal: 500,
};

export function httpStatus(code: ErrorCode): number {
  return statusByCode[code];
}
