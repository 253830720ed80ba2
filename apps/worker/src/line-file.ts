import { constants } from "node:fs";
import { open } from "node:fs/promises";

export class LineNotWritten extends Error {
  override readonly name = "LineNotWritten";
}

const shippedLimitMillis = 2_000;

/** In words that may be shown: no path. */
const reasons: Readonly<Record<string, string>> = {
  ENXIO: "nobody reads the pipe",
  EPIPE: "nobody reads the pipe",
  EAGAIN: "the reader of the pipe has stopped reading",
  ENOSPC: "its disk is full",
  EDQUOT: "its disk is full",
  EACCES: "the file may not be written",
  EPERM: "the file may not be written",
  EROFS: "its disk is read-only",
  EISDIR: "the place of the file is taken by a folder",
  ENOENT: "its folder is not there",
};

/**
 * Appends lines to a file, each whole or not at all, and never waits for longer than the limit: not for a pipe that nobody reads, nor for a
 * disk that does not answer. An attempt that cannot be called back keeps one thread of the process busy, so the next only begins after it.
 */
export function lineFile(
  path: string,
  { limitMillis = shippedLimitMillis, write = appendWhole }: { readonly limitMillis?: number; readonly write?: typeof appendWhole } = {},
): (line: string) => Promise<void> {
  let underWay: Promise<void> | null = null;
  return async (line) => {
    if (underWay !== null) throw new LineNotWritten("its disk does not answer");
    const attempt = write(path, `${line}\n`);
    underWay = attempt;
    const over = (): void => void (underWay = null);
    attempt.then(over, over);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new LineNotWritten(`its disk did not answer within ${limitMillis / 1000} s`)), limitMillis);
    });
    try {
      await Promise.race([attempt, late]);
    } catch (error) {
      if (error instanceof LineNotWritten) throw error;
      const code = (error as NodeJS.ErrnoException).code ?? "an unknown error";
      throw new LineNotWritten(reasons[code] ?? `writing ended with ${code}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Without `O_NONBLOCK`, opening a pipe waits for its reader and writing waits until that one has read. */
async function appendWhole(path: string, line: string): Promise<void> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
  const handle = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
  try {
    const before = await handle.stat();
    if (before.isFile()) await handle.chmod(0o600);
    const bytes = Buffer.from(line);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten === bytes.length) return;
    // Half a line would make all of the file unreadable for who verifies it.
    if (before.isFile()) await handle.truncate(before.size);
    throw new LineNotWritten("its disk is full");
  } finally {
    await handle.close();
  }
}
