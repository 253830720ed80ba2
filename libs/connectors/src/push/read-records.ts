import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { importLimits } from "../input/limits.ts";
import { parseJson } from "../input/parse-json.ts";
import { peekText, readText } from "../input/read-text.ts";

export type PushRecord = { readonly where: string } & ({ readonly record: Json } | { readonly code: string; readonly message: string });

const kinds = /"kind"\s*:\s*"(?:identity|credential|resource|grant|usage|owner|human|source|report)"/;
const maxLineBytes = 5 * 1024 * 1024;

/** Our own format: observations as NDJSON, as a JSON array, or in one object with `observations`. */
export function looksLikePush(file: ImportFile): boolean {
  const head = peekText(file);
  if (!/^\s*\uFEFF?[{[]/.test(head)) return false;
  return kinds.test(head) || (/"source"\s*:/.test(head) && /"(?:scopes|observations|asOf)"\s*:/.test(head));
}

/** One entry per record, in order; what cannot be read is an entry too, so that nothing is lost silently. */
export function* readRecords(file: ImportFile): Generator<PushRecord> {
  const head = peekText(file);
  const isWhole = /^\s*\uFEFF?\[/.test(head) || /"observations"\s*:\s*\[/.test(head);
  yield* isWhole ? readWhole(file) : readLines(file);
}

/** An array, or an envelope with its observations inside: one JSON text. */
function* readWhole(file: ImportFile): Generator<PushRecord> {
  const parsed = parseJson(readText(file), importLimits.pushJsonDepth);
  if (!parsed.ok) {
    yield { where: file.name, code: parsed.code, message: `the file ${parsed.message}` };
    return;
  }
  const { observations, ...envelope } = asObject(parsed.value) ?? {};
  const values = Array.isArray(parsed.value) ? parsed.value : [envelope, ...(Array.isArray(observations) ? observations : [])];
  for (const [index, value] of values.entries()) {
    const record = asObject(value);
    const where = `${file.name}/${index}`;
    yield record === undefined ? { where, code: "invalid_record", message: "not an object" } : { where, record };
  }
}

function* readLines(file: ImportFile): Generator<PushRecord> {
  const { bytes } = file;
  const decoder = new TextDecoder("utf-8");
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    line += 1;
    const where = `${file.name}:${line}`;
    if (end - start > maxLineBytes) yield { where, code: "too_large", message: "the record is larger than 5 MiB" };
    else if (end > start) {
      const text = decoder.decode(bytes.subarray(start, end)).trim();
      if (text !== "") yield readLine(text, where);
    }
    start = end + 1;
  }
}

function readLine(text: string, where: string): PushRecord {
  const parsed = parseJson(text, importLimits.pushJsonDepth);
  if (!parsed.ok) return { where, code: parsed.code, message: `the record ${parsed.message}` };
  const record = asObject(parsed.value);
  return record === undefined ? { where, code: "invalid_record", message: "not an object" } : { where, record };
}
