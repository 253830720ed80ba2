import { AppError } from "@rollcall/platform";

/** Codes of node's sockets, PostgreSQL and Prisma that mean: the database cannot be asked right now. */
const awayCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08000",
  "08001",
  "08003",
  "08006",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
]);
/** A value that is no number, instant or id, or none that fits: it came with the request, in a cursor that is not ours. */
const valueCodes: ReadonlySet<string> = new Set(["22P02", "22003", "22007", "22008", "22021"]);
const fullCodes: ReadonlySet<string> = new Set(["53100", "ENOSPC"]);

/** Messages of drivers that throw without a code. */
const awayMessages =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|server has closed the connection|can't reach database server/i;

/** Tells "the database is away", "its disk is full" and "it cannot read this value" from our own mistakes; null for everything else. */
export function storageFailure(error: unknown): AppError | null {
  let cause: unknown = error;
  for (let depth = 0; depth < 6 && cause instanceof Error; depth += 1) {
    if (cause instanceof AppError) return null;
    const { code, message } = cause as Error & { readonly code?: unknown };
    if (typeof code === "string" && fullCodes.has(code)) {
      return new AppError("unavailable", "The disk of the database is full. Nothing was changed", {
        status: 507,
        retryAfterSeconds: 30,
        detail: message,
        cause: error,
      });
    }
    if (typeof code === "string" && valueCodes.has(code)) {
      return new AppError("invalid_input", "A value of the request cannot be read. Start again from the first page", {
        detail: message,
        cause: error,
      });
    }
    if ((typeof code === "string" && awayCodes.has(code)) || awayMessages.test(message)) {
      return new AppError("unavailable", "The database cannot be reached right now. Try again in a moment", {
        detail: message,
        retryAfterSeconds: 5,
        cause: error,
      });
    }
    cause = cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause.cause;
  }
  return null;
}
