import { dirname, join } from "node:path";
import { acquireInstanceLock, AppError } from "@rollcall/platform";
import { createProgress } from "./progress.ts";
import { runInstance } from "./run-instance.ts";
import { parseStartOptions, usage } from "./start-options.ts";
import { prepareDataDir } from "./check-host.ts";

const root = dirname(dirname(import.meta.dirname));

async function main(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2), join(root, ".data"), process.cwd());
  if (options === "help") {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  prepareDataDir(options.dataDir);
  const lock = acquireInstanceLock(options.dataDir);
  const progress = createProgress();
  progress.say(`Starting Rollcall (data in ${options.dataDir})`);
  if (lock.tookOverStale) progress.say("  the last run did not end cleanly; continuing with its data");
  try {
    return await runInstance({ root, options, progress });
  } finally {
    lock.release();
  }
}

let exitCode = 1;
try {
  exitCode = await main();
} catch (error) {
  const message = error instanceof AppError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`rollcall: ${message}\n`);
  exitCode = error instanceof AppError && error.code === "invalid_input" ? 2 : 1;
}
// Not left to the event loop: a build that was under way when Ctrl-C came ends with us.
process.exit(exitCode);
