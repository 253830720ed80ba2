/** What scripts may rely on; the same numbers as every other command of the command line. */
export const exitCodes = { ok: 0, badNews: 1, usage: 2, unreadable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An expected end: one line for the person, one code for the script. */
export class HeadlessError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const usageError = (message: string): HeadlessError => new HeadlessError(exitCodes.usage, `${message} Try ./rollcall help.`);
export const unreadable = (message: string): HeadlessError => new HeadlessError(exitCodes.unreadable, message);
