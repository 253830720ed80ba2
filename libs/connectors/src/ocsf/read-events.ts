import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject, type Json } from "../input/json-shape.ts";
import { importLimits } from "../input/limits.ts";
import { parseJson } from "../input/parse-json.ts";
import { peekText, readText } from "../input/read-text.ts";

export type OcsfEntry = { readonly where: string } & ({ readonly event: Json } | { readonly code: string; readonly message: string });

/** Every event of the schema names its class and carries metadata; nothing else that is imported has both. */
export function looksLikeOcsf(file: ImportFile): boolean {
  const head = peekText(file);
  return /^\s*[{[]/.test(head) && /"class_uid"\s*:\s*\d/.test(head) && /"(?:metadata|finding_info)"\s*:/.test(head);
}

/** One entry per event, in order; what cannot be read is an entry too. */
export function* readEvents(file: ImportFile): Generator<OcsfEntry> {
  const text = readText(file);
  const whole = parseJson(text);
  if (whole.ok) {
    for (const [index, value] of listOf(whole.value).entries()) yield entryOf(value, `${file.name}/${index}`);
    return;
  }
  // One event a line, or a text that is damaged as a whole.
  const lines = text.split("\n");
  if (/^\s*\[/.test(text) || lines.filter((line) => line.trim() !== "").length < 2) {
    yield { where: file.name, code: whole.code, message: `the file ${whole.message}` };
    return;
  }
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const where = `${file.name}:${index + 1}`;
    const parsed = parseJson(line);
    if (parsed.ok) yield entryOf(parsed.value, where);
    else yield { where, code: parsed.code, message: `the event ${parsed.message}` };
  }
}

/** Some services wrap the list in an answer of their API. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const wrapped = asObject(value);
  const list = wrapped?.["Findings"] ?? wrapped?.["findings"] ?? wrapped?.["events"];
  return Array.isArray(list) && wrapped?.["class_uid"] === undefined ? list : [value];
}

function entryOf(value: unknown, where: string): OcsfEntry {
  const event = asObject(value);
  return event === undefined ? { where, code: "invalid_record", message: "not an object" } : { where, event };
}

export const mostEvents = importLimits.pushRecords;
