/** What the server wants to see of a table: its first lines as text. */
export interface TableHead {
  readonly name: string;
  readonly head: string;
}

const headBytes = 48 * 1024;

export const looksLikeTable = (file: File): boolean => /\.(?:csv|tsv)$/i.test(file.name);

/** Reads the beginning as a spreadsheet program wrote it. The last line is cut off with the file, so only whole lines are kept. */
export async function readTableHead(file: File): Promise<TableHead> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const text = decode(bytes);
  const whole = file.size <= headBytes ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  return { name: file.name, head: whole };
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // A character may be cut in two where the beginning ends: what follows is awaited instead of refused.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
