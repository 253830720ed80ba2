/** What scripts may rely on. */
export const exitCodes = { ok: 0, badNews: 1, usage: 2, unreachable: 3 };

/** An expected end of the program: one line for the person, one code for the script. */
export class CliError extends Error {
  constructor(exitCode, message) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const usageError = (message) => new CliError(exitCodes.usage, `${message} Try ./rollcall help.`);
