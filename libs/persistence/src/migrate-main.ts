import { z } from "zod";
import { AppError, parseEnv } from "@rollcall/platform";
import { migrate } from "./migrate/migrate.ts";

/** node --experimental-wasm-modules libs/persistence/src/migrate-main.ts, with DATABASE_URL (owner) and ROLLCALL_SECRET. */
const env = parseEnv(
  z.object({ DATABASE_URL: z.string(), ROLLCALL_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hex digits") }),
  process.env,
);
const applied = await migrate(env.DATABASE_URL, env.ROLLCALL_SECRET).catch((error: unknown) => {
  // What the operator has to do is one line, not a stack.
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
process.stdout.write(applied.length === 0 ? "The database is up to date.\n" : `Applied ${applied.join(", ")}.\n`);
// The engine keeps a handle open; there is nothing left to wait for.
process.exit(0);
