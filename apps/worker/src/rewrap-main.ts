import { parseArgs } from "node:util";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import { AppError } from "@rollcall/platform";
import { env } from "./env.ts";
import { configuredKeySource } from "./keys/configured-key-source.ts";
import type { ConnectorKeySource } from "./keys/connector-key-source.ts";
import { keySourceKinds } from "./keys/key-source-env.ts";
import { moveKeyRing } from "./keys/move-key-ring.ts";
import { rotateConnectorKey } from "./keys/rotate-connector-key.ts";
import { shredCredentials } from "./keys/shred-credentials.ts";

/** Runs beside the worker, as the user that may read its key file. Exit code 1: credentials are left that have to be entered again. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { "keep-old-keys": { type: "boolean", default: false }, to: { type: "string" }, shred: { type: "string" } },
  });
  const source = configuredKeySource(env);
  if (source === null) throw new AppError("invalid_input", "Name the key file with CONNECTOR_KEY_FILE");
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (values.to !== undefined) {
    await moveTo(values.to, source, say);
    return 0;
  }
  const stores = createStores(runtimeUrls(env.DATABASE_URL, env.ROLLCALL_SECRET));
  const deps = { pullSources: stores.pullSources, rootKey: env.ROLLCALL_SECRET, source, say };
  try {
    if (values.shred !== undefined) return (await shredCredentials(values.shred, { ...deps, audit: stores.audit })) ? 0 : 1;
    const done = await rotateConnectorKey({
      ...deps,
      keepFormer: values["keep-old-keys"],
    });
    return done.complete ? 0 : 1;
  } finally {
    await stores.close();
  }
}

async function moveTo(name: string, from: ConnectorKeySource, say: (line: string) => void): Promise<void> {
  const kind = keySourceKinds.find((one) => one === name);
  const to = kind === undefined ? null : configuredKeySource(env, kind);
  if (kind === undefined || to === null) throw new AppError("invalid_input", `--to takes one of ${keySourceKinds.join(", ")}`);
  await moveKeyRing({ from, to, say });
  say(
    `Set CONNECTOR_KEY_SOURCE=${kind} and restart the worker. Copies of the keys as they were kept before still open everything: destroy them,`,
  );
  say("or have a new key made by running rollcall rewrap without --to");
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`rollcall: ${(error as Error).message}\n`);
  process.exitCode = error instanceof AppError && error.code === "invalid_input" ? 2 : 3;
}
