import { AppError } from "@rollcall/platform";

const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "57P01",
  "57P02",
  "57P03",
  "25P03",
  "53300",
  "08006",
  "08001",
  "08003",
  "08004",
  "P1001",
  "P1002",
  "P1017",
  "P2024",
]);
const diskFull = "53100";

/** The database being away or full is told to people as such; everything else stays what it was. */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = (error as { code?: unknown }).code;
  if (code === diskFull)
    return new AppError("unavailable", "The disk of the database is full. Free some space; nothing was lost.", {
      status: 507,
      retryAfterSeconds: 30,
      cause: error,
    });
  // All connections are in use and stay so: the server is there.
  if (
    code === "P2028" ? /Unable to start a transaction/.test(error.message) : /timeout exceeded when trying to connect/.test(error.message)
  )
    return new AppError("unavailable", "Too many requests wait for the database. Try again in a moment.", {
      retryAfterSeconds: 5,
      cause: error,
    });
  const away =
    (typeof code === "string" && awayCodes.has(code)) ||
    /Connection terminated|timeout expired|Client has encountered a connection error/.test(error.message);
  return away
    ? new AppError("unavailable", "The database cannot be reached. Try again in a moment.", { retryAfterSeconds: 2, cause: error })
    : error;
}
