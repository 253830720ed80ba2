import { randomUUID } from "node:crypto";
import type { ExportRequest, FetchControl, FetchedExport, FetchExport } from "@rollcall/posture-pipeline";
import { fetchPage, type Miss } from "./fetch-page.ts";
import { withFieldAt } from "./field-at.ts";
import type { FetchDeps } from "./limits.ts";
import { nextPage } from "./next-page.ts";
import type { Page } from "./read-page.ts";

/** What was read so far, put together as one answer. */
interface Reading {
  readonly pages: Page[];
  readonly seen: Set<string>;
  bytes: number;
}

/**
 * Reads an export page by page, as long as an answer names a next page at the same origin. Pauses that the other side asks for are kept,
 * other failures are tried again with growing pauses. It always ends: pages, bytes, attempts, waiting and time are bounded, and a page that
 * was seen before ends the reading.
 */
export const fetchExportWith =
  (deps: FetchDeps): FetchExport =>
  async (request, control) => {
    const reading: Reading = { pages: [], seen: new Set(), bytes: 0 };
    const deadline = deps.now() + deps.limits.runMillis;
    let next: string = request.url;
    for (;;) {
      const stop = reasonToStop(next, reading, { deps, deadline });
      if (stop !== null) return partOf(reading, request, missOf(stop));
      reading.seen.add(next);
      const page = await fetchPage(next, {
        ...control,
        deps,
        request,
        deadline,
        room: deps.limits.bytes - reading.bytes,
        onWait: waiting(reading, control),
      });
      if ("note" in page) return partOf(reading, request, page);
      const odd = oddity(page, reading);
      if (odd !== null) return partOf(reading, request, missOf(odd));
      if (page.digest !== null) reading.seen.add(page.digest);
      keep(reading, page);
      reading.bytes += page.body.length;
      await control.onProgress({ pages: reading.pages.length, bytes: reading.bytes, waiting: null });
      const after = nextPage(page, next, request.paging);
      if (after === "elsewhere")
        return partOf(reading, request, missOf("The next page is at another address, which is not given the credential"));
      if (after === null) return { ...whole(reading, request), outcome: "complete" };
      next = after.href;
    }
  };

/** A single answer is handed on as it came. Of several only the rows are kept, as text: as objects they would take many times their size. */
function keep(reading: Reading, page: Page): void {
  const [only] = reading.pages;
  if (only !== undefined) reading.pages[0] = { ...only, body: noBytes };
  reading.pages.push(only === undefined ? page : { ...page, body: noBytes });
}
const noBytes = new Uint8Array(0);

const missOf = (note: string): Miss => ({ note, missingPermission: null, retryAfterMillis: null });

const waiting =
  ({ pages, bytes }: Reading, { onProgress }: FetchControl) =>
  (why: string): Promise<void> =>
    onProgress({ pages: pages.length, bytes, waiting: why });

function reasonToStop(next: string, reading: Reading, run: { readonly deps: FetchDeps; readonly deadline: number }): string | null {
  const { limits, now } = run.deps;
  const pages = reading.pages.length;
  if (pages === 0) return null;
  if (reading.seen.has(next)) return "The pages go round in a circle";
  if (pages >= limits.pages) return `Only the first ${limits.pages} pages were read`;
  if (now() > run.deadline) return `Reading took longer than ${Math.round(limits.runMillis / 60_000)} minutes`;
  return null;
}

function oddity(page: Page, { pages, seen }: Reading): string | null {
  const [first] = pages;
  if (first !== undefined && page.form !== first.form) return "A later page has another form than the first";
  return page.digest !== null && seen.has(page.digest) ? "The same page came twice" : null;
}

/** Nothing, or what came before it went wrong. */
function partOf(reading: Reading, request: ExportRequest, miss: Miss): FetchedExport {
  const { note, missingPermission, retryAfterMillis } = miss;
  const why = { note, missingPermission, retryAfterMillis };
  if (reading.pages.length > 0) return { ...whole(reading, request), ...why, outcome: "partial" };
  return { outcome: "failed", body: null, contentType: "", modifiedAt: null, pages: 0, bytes: 0, ...why };
}

function whole({ pages, bytes }: Reading, { paging }: ExportRequest): Omit<FetchedExport, "outcome"> {
  // The envelope of the last page does not say that there is more.
  const last = pages.at(-1)!;
  const modified = Date.parse(String(last.headers["last-modified"] ?? ""));
  return {
    body: bodyOf(pages, last, paging?.itemsField ?? ""),
    contentType: last.contentType,
    modifiedAt: pages.length === 1 && Number.isFinite(modified) ? new Date(modified).toISOString() : null,
    pages: pages.length,
    bytes,
    note: null,
    missingPermission: null,
    retryAfterMillis: null,
  };
}

function bodyOf(pages: readonly Page[], last: Page, itemsField: string): Uint8Array {
  if (pages.length === 1) return last.body;
  const rows = pages.map((page) => page.rows).filter((text) => text !== "");
  if (last.form === "lines") return Buffer.from(`${rows.join("\n")}\n`);
  const list = `[${rows.join(",")}]`;
  if (last.form === "list") return Buffer.from(list);
  const mark = randomUUID();
  return Buffer.from(JSON.stringify(withFieldAt(last.envelope, itemsField, mark)).replace(JSON.stringify(mark), () => list));
}
