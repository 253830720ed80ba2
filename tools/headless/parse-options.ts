import { usageError } from "./exit.ts";

/** What parseArgs says is meant for developers; the first sentence of it is good enough for everybody. */
export function optionsOf<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw usageError(`${(error as Error).message.split(". ")[0]!.replace(/\.$/, "")}.`);
  }
}
