import pg from "pg";

const timestamptzOid = 1184;
const dateOid = 1082;
const int8Oid = 20;
const numericOid = 1700;

/** PostgreSQL writes `2026-11-21 10:00:00.5+00` in UTC sessions; the rest of the system speaks RFC 3339 with milliseconds. */
function instantOf(text: string): string {
  const [date, time = ""] = text.split(" ");
  const clock = time.replace(/[+-]\d\d(:\d\d)?$/, "");
  const [seconds, fraction = ""] = clock.split(".");
  return `${date}T${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}Z`;
}

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [timestamptzOid]: instantOf,
  [dateOid]: (text) => text,
  [int8Oid]: Number,
  [numericOid]: Number,
};

/** A process that freezes inside a transaction keeps its locks; after this the server ends it, and another can go on. */
const idleTransactionMillis = 60_000;

export function createPool(
  connectionString: string,
  maxConnections: number,
  limits: { readonly idleTransactionMillis?: number | undefined } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // Compiling a query costs more than every query here. That a work table exists already is no news.
    options: `-c timezone=UTC -c jit=off -c client_min_messages=warning -c idle_in_transaction_session_timeout=${limits.idleTransactionMillis ?? idleTransactionMillis}`,
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server closes is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {});
  return pool;
}
