import { writeSync } from "node:fs";

/** A pipe whose reader is slow is waited for this long; a disk without room is not. */
const patience = { looks: 50, everyMillis: 20 } as const;

/**
 * Writes lines, and loses them when they cannot be written: a full disk must not end the process that wanted to say something. Once there
 * is room again it says how many are missing.
 */
export function logDestination(fd: number, write: (fd: number, bytes: Uint8Array) => number = writeSync): { write(text: string): void } {
  let lost = 0;
  // The beginning of a line that did not fit: what comes next is a line of its own.
  let torn = false;
  const put = (text: string): boolean => {
    let rest: Uint8Array = Buffer.from(torn ? `\n${text}` : text);
    const all = rest.length;
    for (let looks = 0; rest.length > 0;) {
      try {
        rest = rest.subarray(write(fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EAGAIN" && (looks += 1) < patience.looks) {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience.everyMillis);
          continue;
        }
        torn ||= rest.length < all;
        return false;
      }
    }
    torn = false;
    return true;
  };
  const report = (): string =>
    `${JSON.stringify({ level: "warn", time: new Date().toISOString(), lost, msg: "lines of the log could not be written and are lost" })}\n`;
  return {
    write: (text) => {
      if (lost > 0 && put(report())) lost = 0;
      if (lost > 0 || !put(text)) lost += 1;
    },
  };
}
