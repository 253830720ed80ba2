import { randomUUID } from "node:crypto";
import { openAsBlob, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { cutBySource, uploadBytes } from "./cut-by-source.mjs";
import { exitCodes, usageError } from "./exit-codes.mjs";
import { describeOutcome, watchIngestion } from "./watch-ingestion.mjs";

/**
 * Sends files as one ingestion; an NDJSON estate beyond what one upload may hold as several, source by source. Exit code 1 when one that
 * was followed to its end did not complete.
 */
export async function importFiles({ client, files, options, out, progress }) {
  const stats = files.map(checkFile);
  if (options["as-of"] !== undefined && Number.isNaN(Date.parse(options["as-of"])))
    throw usageError(`--as-of ${options["as-of"]} is not a date (2026-11-21 or 2026-11-21T10:00:00Z).`);
  const mapping = options.mapping === undefined ? undefined : readMapping(options.mapping);
  const uploads = await uploadsOf(files, stats);
  const answers = [];
  for (const [index, upload] of uploads.entries()) {
    const part = uploads.length === 1 ? "" : `part ${index + 1} of ${uploads.length}: `;
    const say = (line, state = line) => progress(`${part}${line}`, `${part}${state}`);
    say(`sending ${upload.length === 1 ? basename(upload[0].path) : `${upload.length} files`}`);
    // With the key a repeated request is answered, not done twice: an interrupted upload may be sent again.
    const headers = { "idempotency-key": randomUUID() };
    const makeBody = () => formOf(upload, { mapping, asOf: options["as-of"] });
    const accepted = await client.json("/api/v1/ingestions", { method: "POST", headers, makeBody, canRepeat: true });
    const answer = options.wait ? await watchIngestion(client, accepted.id, say) : accepted;
    answers.push(answer);
    if (options.json) continue;
    const lines = options.wait ? describeOutcome(answer) : [`accepted as ${answer.id}; it goes on in the background`];
    out(`${part}${lines.join("\n")}`);
  }
  if (options.json) out(JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2));
  const isFine = ({ status }) => (options.wait ? status === "completed" : status !== "failed");
  return answers.every(isFine) ? exitCodes.ok : exitCodes.badNews;
}

/** Files that belong together go together; only a single file is cut, and only where its sources end. */
async function uploadsOf(files, stats) {
  const whole = files.map((path, index) => ({ path, mtime: stats[index].mtime }));
  const [file] = whole;
  if (whole.length > 1 || stats[0].size <= uploadBytes || !/\.(ndjson|jsonl)$/i.test(file.path)) return [whole];
  const pieces = await cutBySource(file.path);
  return pieces === null ? [whole] : pieces.map((range) => [{ ...file, range }]);
}

async function formOf(upload, { mapping, asOf }) {
  const form = new FormData();
  if (mapping !== undefined) form.append("mapping", mapping);
  if (asOf !== undefined) form.append("asOf", new Date(asOf).toISOString());
  for (const { mtime } of upload) form.append("modifiedAt", mtime.toISOString());
  for (const { path, range } of upload) {
    const blob = await openAsBlob(path);
    form.append("file", range === undefined ? blob : blob.slice(range.start, range.end), basename(path));
  }
  return form;
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
