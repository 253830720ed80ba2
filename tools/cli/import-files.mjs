import { randomUUID } from "node:crypto";
import { openAsBlob, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { exitCodes, usageError } from "./exit-codes.mjs";
import { describeOutcome, watchIngestion } from "./watch-ingestion.mjs";

/** Sends files as one ingestion. Exit code 1 when it was followed to its end and did not complete. */
export async function importFiles({ client, files, options, out, progress }) {
  const stats = files.map(checkFile);
  if (options["as-of"] !== undefined && Number.isNaN(Date.parse(options["as-of"])))
    throw usageError(`--as-of ${options["as-of"]} is not a date (2026-11-21 or 2026-11-21T10:00:00Z).`);
  const mapping = options.mapping === undefined ? undefined : readMapping(options.mapping);
  const makeBody = async () => {
    const form = new FormData();
    if (mapping !== undefined) form.append("mapping", mapping);
    if (options["as-of"] !== undefined) form.append("asOf", new Date(options["as-of"]).toISOString());
    for (const { mtime } of stats) form.append("modifiedAt", mtime.toISOString());
    for (const path of files) form.append("file", await openAsBlob(path), basename(path));
    return form;
  };
  progress(`sending ${files.length === 1 ? basename(files[0]) : `${files.length} files`}`);
  // With the key a repeated request is answered, not done twice: an interrupted upload may be sent again.
  const headers = { "idempotency-key": randomUUID() };
  const accepted = await client.json("/api/v1/ingestions", { method: "POST", headers, makeBody, canRepeat: true });
  if (!options.wait) {
    out(options.json ? JSON.stringify(accepted, null, 2) : `accepted as ${accepted.id}; it goes on in the background`);
    return accepted.status === "failed" ? exitCodes.badNews : exitCodes.ok;
  }
  const view = await watchIngestion(client, accepted.id, progress);
  out(options.json ? JSON.stringify(view, null, 2) : describeOutcome(view).join("\n"));
  return view.status === "completed" ? exitCodes.ok : exitCodes.badNews;
}

function readMapping(path) {
  checkFile(path);
  const text = readFileSync(path, "utf8");
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw usageError(`${path} is not JSON.`);
  }
}

function checkFile(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) throw usageError(`There is no file ${path}.`);
  if (!info.isFile()) throw usageError(`${path} is not a file. Name its files, or a zip of them.`);
  return info;
}
