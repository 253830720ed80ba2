import type { ImportFile } from "@rollcall/posture-pipeline";

/** Text of a file: UTF-8, or UTF-16 with a byte order mark as Windows shells write it. Invalid bytes become U+FFFD. */
export function readText(file: ImportFile): string {
  const [first, second] = file.bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(file.bytes);
}

/** The first characters, for recognising a file without decoding all of it. */
export const peekText = (file: ImportFile, characters = 65_536): string => readText({ ...file, bytes: file.bytes.subarray(0, characters) });
