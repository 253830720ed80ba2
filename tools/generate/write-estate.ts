import { once } from "node:events";
import type { Writable } from "node:stream";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { ndjsonLines } from "./ndjson-lines.ts";

export interface Written {
  readonly sources: number;
  readonly identities: number;
  readonly lines: number;
  readonly bytes: number;
}

/** Written in pieces of this size: one write a line is several times slower. */
const CHUNK_CHARACTERS = 256 * 1024;

/** Writes line by line and waits for the disk: memory does not grow with the estate. */
export async function writeEstate(
  imports: Iterable<ParsedImport>,
  out: Writable,
  onProgress: (written: Written) => void,
): Promise<Written> {
  let [sources, identities, lines, bytes] = [0, 0, 0, 0];
  let chunk = "";
  const flush = async (): Promise<void> => {
    bytes += Buffer.byteLength(chunk);
    const more = out.write(chunk);
    chunk = "";
    if (!more) await once(out, "drain");
    onProgress({ sources, identities, lines, bytes });
  };
  for (const source of imports) {
    sources += 1;
    for (const line of ndjsonLines(source)) {
      lines += 1;
      if (line.startsWith('{"kind":"identity"')) identities += 1;
      chunk += `${line}\n`;
      if (chunk.length >= CHUNK_CHARACTERS) await flush();
    }
  }
  if (chunk !== "") await flush();
  return { sources, identities, lines, bytes };
}
