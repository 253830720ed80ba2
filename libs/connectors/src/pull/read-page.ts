import { createHash } from "node:crypto";
import type { SafeResponse } from "@rollcall/platform";
import type { CursorPaging } from "@rollcall/posture-pipeline";
import { parseJson } from "../input/parse-json.ts";
import { fieldAt } from "./field-at.ts";

/** One answer. `whole` has no further pages; the others can be put together with those that follow. */
export interface Page {
  readonly form: "whole" | "lines" | "list" | "envelope";
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly headers: SafeResponse["headers"];
  /** JSON of the rows, without brackets; of lines as they are. */
  readonly rows: string;
  /** The object around the rows. */
  readonly envelope: unknown;
  /** Of the rows; null when there are none. */
  readonly digest: string | null;
}

/** Larger answers of one piece are checked by their reader only. */
const checkedBytes = 8 * 1024 * 1024;

/** The page, or in words what is wrong with it. */
export function readPage({ headers, body }: SafeResponse, paging: CursorPaging | null): Page | string {
  const contentType = String(headers["content-type"] ?? "").toLowerCase();
  const base = { body, contentType, headers, rows: "", envelope: null, digest: null };
  const paged = paging !== null || headers["link"] !== undefined;
  if (/ndjson|jsonl|json-lines|json-seq/.test(contentType)) return linesOf(base);
  if (!/\bjson\b/.test(contentType) && paging === null) return { ...base, form: "whole" };
  if (!paged && body.length > checkedBytes) return { ...base, form: "whole" };
  const parsed = parseJson(new TextDecoder().decode(body));
  if (!parsed.ok) return `The answer ${parsed.message}`;
  const items = paging === null || paging.itemsField === "" ? parsed.value : fieldAt(parsed.value, paging.itemsField);
  if (!Array.isArray(items)) {
    if (paging === null) return { ...base, form: "whole" };
    return `The answer has no list ${paging.itemsField === "" ? "" : `at ${paging.itemsField} `}to go on from`;
  }
  const rows = JSON.stringify(items).slice(1, -1);
  const form = items === parsed.value ? "list" : "envelope";
  return { ...base, form, rows, envelope: parsed.value, digest: digestOf(rows) };
}

function linesOf(base: Omit<Page, "form">): Page {
  const rows = new TextDecoder().decode(base.body).trim();
  return { ...base, form: "lines", rows, digest: digestOf(rows) };
}

const digestOf = (rows: string): string | null => (rows === "" ? null : createHash("sha256").update(rows).digest("hex"));
