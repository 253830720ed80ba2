import { parseArgs } from "node:util";
import { join } from "node:path";
import { audit } from "./audit/audit.mjs";
import { createClient } from "./api-client.mjs";
import { findConnection } from "./connection.mjs";
import { demo } from "./demo.mjs";
import { CliError, exitCodes, usageError } from "./exit-codes.mjs";
import { exportData } from "./export-data.mjs";
import { helpText } from "./help.mjs";
import { importFiles } from "./import-files.mjs";
import { headlessCommands, runHeadless, throughBootstrap } from "./run-headless.mjs";
import { createTerminal } from "./terminal.mjs";

const flags = {
  import: { "as-of": { type: "string" }, mapping: { type: "string" }, wait: { type: "boolean" }, json: { type: "boolean" } },
  export: { format: { type: "string", default: "json" } },
  demo: {},
  audit: { file: { type: "string" }, "from-checkpoint": { type: "string" }, "public-key": { type: "string" } },
};

/** Runs one command and answers with its exit code; throws nothing. */
export async function main({ args, env, root, stdout, stderr }) {
  const terminal = createTerminal(stdout, stderr, env);
  try {
    return await run({ args, env, root, stdout, stderr, terminal });
  } catch (error) {
    if (error instanceof CliError) {
      terminal.fail(error.message);
      return error.exitCode;
    }
    terminal.fail(`${error.message}${env.ROLLCALL_DEBUG ? `\n${error.stack}` : ""}`);
    return exitCodes.unreachable;
  }
}

async function run({ args, env, root, stdout, stderr, terminal }) {
  const [command, ...rest] = args;
  if (["help", "--help", "-h"].includes(command) || rest.includes("--help") || rest.includes("-h")) {
    stdout.write(helpText);
    return exitCodes.ok;
  }
  if (command === undefined) throw usageError("Name a command: analyse, can, import, export, demo, backup, restore, rewrap or help.");
  if (headlessCommands.has(command)) return runHeadless({ args, env, root, stdout, stderr });
  if (command === "backup" || command === "restore") return throughBootstrap({ tool: "backup", args, env, root });
  if (command === "rewrap") return throughBootstrap({ tool: "rewrap", args: rest, env, root });
  if (!Object.hasOwn(flags, command)) throw usageError(`There is no command "${command}".`);
  const { values, positionals } = parse(rest, flags[command]);
  const { out, progress, write } = terminal;
  if (command === "import") {
    if (positionals.length === 0) throw usageError("Name at least one file to import.");
    return importFiles({ client: createClient(findConnection(env, root)), files: positionals, options: values, out, progress });
  }
  if (positionals.length > 1) throw usageError(`"${positionals[1]}" is one word too many.`);
  const client = () => createClient(findConnection(env, root));
  // The noun is checked before the connection: a typo is a usage error also when nothing runs.
  if (command === "export") return exportData({ client: lazily(client), noun: positionals[0], format: values.format, write });
  if (command === "audit") {
    const dataDir = env.ROLLCALL_DATA_DIR || join(root, ".data");
    return audit({ client: lazily(client), action: positionals[0], options: values, dataDir, out, write });
  }
  return demo({ client: lazily(client), action: positionals[0], out, progress });
}

function lazily(connect) {
  let client;
  const get = () => (client ??= connect());
  return { send: (...args) => get().send(...args), json: (...args) => get().json(...args) };
}

function parse(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(`${error.message.split(". ")[0].replace(/\.$/, "")}.`);
  }
}
