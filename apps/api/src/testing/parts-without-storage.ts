import { createLogger } from "@rollcall/platform";
import type { ApiParts } from "../api-parts.ts";
import { FailureLimiter } from "../auth/failure-limiter.ts";
import { IssuerKeys } from "../auth/federation/issuer-keys.ts";

/** What has to hold before the database is asked: every use of a store fails as it does when the server is away. */
const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const absent = new Proxy({}, { get: () => () => Promise.reject(away) });
export const partsWithoutStorage: ApiParts = {
  services: {
    ...Object.fromEntries(["read", "triage", "ingest", "ingestions", "accounts"].map((name) => [name, absent])),
    connectors: [],
    diskRoom: () => Promise.resolve("ok"),
    troubles: () => Promise.resolve([]),
    clock: { now: () => new Date() },
    hashSecret: () => "",
  } as unknown as ApiParts["services"],
  auth: { handler: () => Promise.reject(away), api: { getSession: () => Promise.reject(away) } } as unknown as ApiParts["auth"],
  guesses: new FailureLimiter({ limit: 5, windowSeconds: 900, now: () => 0 }),
  readUpload: () => Promise.resolve([]),
  issuerKeys: new IssuerKeys({ privateHosts: [], now: () => 0 }),
  logger: createLogger("test", { level: "silent" }),
  origins: ["http://localhost:4700"],
  dashboardUrl: null,
  recordSecrets: async () => {},
  warmUp: () => undefined,
  checkDatabase: () => Promise.reject(away),
  close: () => Promise.resolve(),
};
