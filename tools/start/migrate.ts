import { migrate } from "@rollcall/persistence";
import { AppError, databaseEnv, parseEnv } from "@rollcall/platform";

/** Brings the database up to date. Run with `node --experimental-wasm-modules`: Prisma's schema engine is WebAssembly. */
try {
  const env = parseEnv(databaseEnv, process.env);
  const applied = await migrate(env.DATABASE_URL, env.ROLLCALL_SECRET);
  process.stdout.write(applied.length === 0 ? "up to date\n" : `applied ${applied.length}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof AppError ? `rollcall: ${error.message}` : (error as Error).stack}\n`);
  process.exit(1);
}
