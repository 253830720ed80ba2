import type { Writable } from "node:stream";

/** Data on stdout, remarks on stderr. */
export interface Output {
  /** Resolves when there is room for more: a large report must not pile up in memory. */
  readonly write: (text: string) => Promise<void>;
  readonly remark: (text: string) => void;
  readonly styled: boolean;
}

/** Names come from other people's systems: they must not steer the terminal. */
// eslint-disable-next-line no-control-regex
export const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, " ");

/** Texts shorter than this are gathered before they are written. */
const CHUNK_CHARACTERS = 65_536;

export function createOutput(
  streams: { readonly stdout: Writable & { readonly isTTY?: boolean }; readonly stderr: Writable },
  env: NodeJS.ProcessEnv,
): Output & {
  readonly end: () => Promise<void>;
} {
  const { stdout, stderr } = streams;
  let pending = "";
  const flush = (): Promise<void> => {
    const text = pending;
    pending = "";
    return text === "" || stdout.write(text) ? Promise.resolve() : new Promise((resolve) => stdout.once("drain", resolve));
  };
  return {
    write: (text) => {
      pending += text;
      return pending.length < CHUNK_CHARACTERS ? Promise.resolve() : flush();
    },
    remark: (text) => void stderr.write(`rollcall: ${printable(text)}\n`),
    styled: stdout.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb",
    end: flush,
  };
}
