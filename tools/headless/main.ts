import { enableCompileCache } from "node:module";
import { join } from "node:path";

process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 3));
// As the launcher does: before the modules are read that make up most of the start.
enableCompileCache(join(import.meta.dirname, "..", "..", ".tools", "compile-cache"));
const { run } = await import("./run.ts");
process.exitCode = await run({ args: process.argv.slice(2), env: process.env, stdout: process.stdout, stderr: process.stderr });
