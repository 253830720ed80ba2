import pg from "pg";
import { sessionSettings } from "./session-settings.ts";

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

/** As long as Prisma waits for the start of a transaction. */
export const queueMillis = 10_000;
/** A server that is there accepts sooner even under load; one behind a lost route never does. */
const connectMillis = 1_700;
/** While a thread computes nobody reads what its server answered, but its clocks run on. */
const computingMillis = 120_000;

const clientWithin = (connectionTimeoutMillis: number): typeof pg.Client =>
  class extends pg.Client {
    constructor(config: pg.ClientConfig = {}) {
      super({ ...config, connectionTimeoutMillis });
    }
  };

const startOptions = ({ idleTransactionMillis }: PoolLimits): string => {
  const idle = idleTransactionMillis === undefined ? {} : { idle_in_transaction_session_timeout: String(idleTransactionMillis) };
  return Object.entries({ ...sessionSettings, ...idle })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
};

export interface PoolLimits {
  /** How long a transaction may stand still before the server ends it. */
  readonly idleTransactionMillis?: number | undefined;
  /** For a thread that computes for seconds at a time. */
  readonly computes?: boolean;
}

export function createPool(connectionString: string, maxConnections: number, limits: PoolLimits = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    // How long to wait for a free connection: a busy pool is not an absent database.
    connectionTimeoutMillis: limits.computes === true ? computingMillis : queueMillis,
    Client: clientWithin(limits.computes === true ? computingMillis : connectMillis),
    idleTimeoutMillis: 30_000,
    options: startOptions(limits),
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server closes is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {});
  // One in use that is closed between two statements says so here; its next statement fails, which its user sees. The same listener keeps the process.
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
}
