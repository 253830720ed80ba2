import { pino, type DestinationStream, type Logger } from "pino";
import { logDestination } from "./log-destination.ts";
import { scrubSecrets } from "./scrub-secrets.ts";

export type { Logger };

const secretKeys = [
  "password",
  "passwd",
  "secret",
  "secretKey",
  "secretAccessKey",
  "clientSecret",
  "token",
  "accessToken",
  "refreshToken",
  "idToken",
  "sessionToken",
  "apiKey",
  "privateKey",
  "authorization",
  "cookie",
  '["set-cookie"]',
  '["x-api-key"]',
  "connectionString",
  "rootKey",
  "pepper",
];

// pino's wildcards cover one level each, and objects deeper than this are not logged by us.
const redactedPaths = ["", "*.", "*.*.", "*.*.*."].flatMap((prefix) =>
  secretKeys.map((key) => (key.startsWith("[") ? `${prefix.replace(/\.$/, "")}${key}` : `${prefix}${key}`)),
);

export interface LoggerOptions {
  readonly level?: string;
  readonly destination?: DestinationStream;
}

/** JSON lines on stdout, one object a line whatever the values contain. */
export function createLogger(name: string, options: LoggerOptions = {}): Logger {
  const level = options.level ?? process.env["ROLLCALL_LOG_LEVEL"] ?? "info";
  return pino(
    {
      name,
      level: level in pino.levels.values || level === "silent" ? level : "info",
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redactedPaths, censor: "[redacted]" },
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: scrubSecrets },
    },
    options.destination ?? logDestination(1),
  );
}
