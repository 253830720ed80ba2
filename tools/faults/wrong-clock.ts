import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const libraries = "/usr/lib";
const library = "faketime/libfaketime.so.1";

const located = (): string | undefined =>
  existsSync(libraries)
    ? readdirSync(libraries)
        .map((folder) => join(libraries, folder, library))
        .find((path) => existsSync(path))
    : undefined;

/** Why no clock can be made wrong here; null when it can. */
export const cannotFakeTime = (): string | null =>
  located() === undefined ? "libfaketime is not installed (on Debian: apt-get install faketime)" : null;

/** A clock for processes that are started with its environment; it can be set while they run. Timers keep the true one. */
export class WrongClock {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, "clock");
  }

  /** In the words of libfaketime: an offset (`+2h`), or a date that goes on from there (`@2028-02-29 23:59:50`). */
  set(time: string): void {
    writeFileSync(this.#file, `${time}\n`, { mode: 0o644 });
  }

  env(): Readonly<Record<string, string>> {
    return { LD_PRELOAD: located()!, FAKETIME_TIMESTAMP_FILE: this.#file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  }
}
