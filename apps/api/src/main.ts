import { buildApp } from "./build-app.ts";
import { compose } from "./compose.ts";
import { readEnv } from "./env.ts";

/** Requests under way get this long to finish when the process is asked to end. */
const drainMillis = 10_000;
const recordAgainMillis = 15_000;

const env = readEnv(process.env);
const parts = compose(env);
const app = await buildApp(parts);

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  parts.logger.info({ signal }, "stopping");
  const force = setTimeout(() => process.exit(1), drainMillis);
  force.unref();
  await app.close();
  await parts.close();
  clearTimeout(force);
}
process.on("SIGTERM", (signal) => void stop(signal));
process.on("SIGINT", (signal) => void stop(signal));
process.on("unhandledRejection", (reason) => {
  parts.logger.fatal({ detail: reason instanceof Error ? reason.stack : String(reason) }, "unhandled rejection");
  process.exitCode = 1;
  void stop("unhandledRejection");
});

/** The database may come up after this process. */
function recordSecrets(): void {
  parts.recordSecrets().catch((error: unknown) => {
    parts.logger.warn({ err: error }, "could not say which secrets this process holds; trying again");
    setTimeout(recordSecrets, recordAgainMillis).unref();
  });
}

recordSecrets();
await app.listen({ host: env.host, port: env.port });
parts.warmUp();
parts.logger.info({ origin: env.origin, port: env.port }, "listening");
