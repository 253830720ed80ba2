import { run } from "./run.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 3));
process.exitCode = await run({ args: process.argv.slice(2), env: process.env, stdout: process.stdout, stderr: process.stderr });
