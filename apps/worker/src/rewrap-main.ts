import { parseArgs } from "node:util";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import { AppError } from "@rollcall/platform";
import { env } from "./env.ts";
import { configuredKeySource } from "./keys/configured-key-source.ts";
import { rotateConnectorKey } from "./keys/rotate-connector-key.ts";

/** Runs beside the worker, as the user that may read its key file. Exit code 1: credentials are left that have to be entered again. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { "keep-old-keys": { type: "boolean", default: false } } });
  const source = configuredKeySource(env);
  if (source === null) throw new AppError("invalid_input", "Name the key file with CONNECTOR_KEY_FILE");
  const stores = createStores(runtimeUrls(env.DATABASE_URL, env.ROLLCALL_SECRET));
  try {
    const done = await rotateConnectorKey({
      pullSources: stores.pullSources,
      rootKey: env.ROLLCALL_SECRET,
      source,
      keepFormer: values["keep-old-keys"],
      say: (line) => void process.stdout.write(`${line}\n`),
    });
    return done ? 0 : 1;
  } finally {
    await stores.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`rollcall: ${(error as Error).message}\n`);
  process.exitCode = error instanceof AppError && error.code === "invalid_input" ? 2 : 3;
}
