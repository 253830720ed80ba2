import type { Writable } from "node:stream";
import { analyse } from "./analyse.ts";
import { can } from "./can.ts";
import { exitCodes, HeadlessError, usageError } from "./exit.ts";
import type { ExitCode } from "./exit.ts";
import { createOutput, printable } from "./output.ts";
import type { Output } from "./output.ts";

export interface HeadlessRun {
  /** The command and what follows it. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
}

const commands: Readonly<Record<string, (args: readonly string[], output: Output) => Promise<ExitCode>>> = { analyse, can };

/** Runs one of the commands that need no server, and answers with its exit code; throws nothing. */
export async function run({ args, env, stdout, stderr }: HeadlessRun): Promise<ExitCode> {
  const output = createOutput({ stdout, stderr }, env);
  try {
    const [name, ...rest] = args;
    const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
    if (command === undefined) throw usageError(`There is no command "${printable(name ?? "")}".`);
    const code = await command(rest, output);
    await output.end();
    return code;
  } catch (error) {
    await output.end();
    const expected = error instanceof HeadlessError;
    output.remark(expected ? error.message : `${(error as Error).message}`);
    if (!expected && (env["ROLLCALL_DEBUG"] ?? "") !== "") stderr.write(`${(error as Error).stack}\n`);
    return expected ? error.exitCode : exitCodes.unreadable;
  }
}
