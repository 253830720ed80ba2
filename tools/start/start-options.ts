import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@rollcall/platform";

export interface StartOptions {
  readonly mode: "ask" | "demo" | "empty";
  /** Null = the default port, or the next free one. */
  readonly port: number | null;
  readonly dataDir: string;
  /** Address of a member who forgot their password. */
  readonly forgot: string | null;
}

export const defaultPort = 4700;

export const usage = `Usage: npm start -- [--demo] [--empty] [--port N] [--data DIR] [--forgot ADDRESS]

  --demo      load the demo organisation
  --empty     start with an empty inventory and offer nothing
  --port N    listen on this port (default ${defaultPort}, or the next free one)
  --data DIR  where everything is kept (default .data)
  --forgot ADDRESS  end the password of the member with this address, and print a link for them to set another

DATABASE_URL and REDIS_URL use your own servers instead of the built-in PostgreSQL.`;

/** Throws `invalid_input`. `base` is the folder a relative --data starts from. */
export function parseStartOptions(args: readonly string[], defaultDataDir: string, base: string): StartOptions | "help" {
  const values = parseFlags(args);
  if (values.help === true) return "help";
  if (values.demo === true && values.empty === true) throw new AppError("invalid_input", "--demo and --empty exclude each other.");
  return {
    mode: values.demo === true ? "demo" : values.empty === true ? "empty" : "ask",
    port: values.port === undefined ? null : parsePort(values.port),
    dataDir: values.data === undefined ? defaultDataDir : resolve(base, values.data),
    forgot: values.forgot ?? null,
  };
}

function parseFlags(args: readonly string[]): {
  demo?: boolean;
  empty?: boolean;
  help?: boolean;
  port?: string;
  data?: string;
  forgot?: string;
} {
  try {
    const flags = {
      demo: { type: "boolean" },
      empty: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      port: { type: "string" },
      data: { type: "string" },
      forgot: { type: "string" },
    } as const;
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch (error) {
    throw new AppError("invalid_input", `${(error as Error).message.split(". ")[0]}. Try npm start -- --help.`);
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new AppError("invalid_input", `--port ${text} is not a port number (1 to 65535).`);
  return port;
}
