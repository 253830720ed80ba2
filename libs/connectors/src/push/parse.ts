import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { asString } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { importLimits } from "../input/limits.ts";
import { latestInstant } from "../input/read-instant.ts";
import { Collector, compare } from "../observe/collector.ts";
import type { Draft } from "../observe/collector.ts";
import { checkRecord } from "./check-record.ts";
import { defaultEnvelope, envelopeKey, isEnvelope, readEnvelope } from "./envelope.ts";
import type { Envelope, PushScope } from "./envelope.ts";
import { readRecords } from "./read-records.ts";

/** Records of one source and account, over all files. */
interface Stream {
  readonly collector: Collector;
  readonly envelope: Envelope;
  readonly scopes: Map<string, PushScope>;
  readonly files: Set<ImportFile>;
  readonly stated: (string | undefined)[];
  readonly totals: Map<string, number>;
  rejected: number;
  /** Sum of the counts that envelopes announce; null once one of them announces none. */
  announced: number | null;
}

const fallbackDataset = "observations";

export function parsePush(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const streams = new Map<string, Stream>();
  let records = 0;
  for (const file of files.toSorted((a, b) => compare(a.name, b.name) || Buffer.compare(a.bytes, b.bytes))) {
    let stream: Stream | undefined;
    for (const entry of readRecords(file)) {
      records += 1;
      if (!("record" in entry)) {
        stream ??= open(streams, defaultEnvelope(sourceOf(file, options)), file);
        reject(stream, entry.where, entry);
      } else if (isEnvelope(entry.record)) {
        const envelope = readEnvelope(entry.record);
        if (typeof envelope !== "string") stream = open(streams, envelope, file);
        else
          reject((stream = open(streams, defaultEnvelope(sourceOf(file, options)), file)), entry.where, {
            code: "invalid_envelope",
            message: envelope,
          });
      } else {
        stream ??= open(streams, defaultEnvelope(sourceOf(file, options)), file);
        if (records > importLimits.pushRecords)
          reject(stream, entry.where, { code: "too_many", message: `at most ${importLimits.pushRecords} records in one push` });
        else addRecord(stream, entry.record, { where: entry.where, options });
      }
    }
  }
  return [...streams].sort(([a], [b]) => compare(a, b)).map(([account, stream]) => finish(account, stream, options));
}

/** A push without an envelope is named by the sender, else after its file. */
function sourceOf(file: ImportFile, options: ParseOptions): string {
  const stem = file.name.slice(file.name.lastIndexOf("/") + 1).replace(/\.[a-z]+$/i, "");
  return (options.accountHint ?? stem).slice(0, 128) || "push";
}

function open(streams: Map<string, Stream>, envelope: Envelope, file: ImportFile): Stream {
  const key = envelopeKey(envelope);
  const stream: Stream = streams.get(key) ?? {
    collector: new Collector("push", key),
    envelope,
    scopes: new Map(),
    files: new Set(),
    stated: [],
    totals: new Map(),
    rejected: 0,
    announced: 0,
  };
  streams.set(key, stream);
  stream.files.add(file);
  stream.stated.push(envelope.asOf);
  stream.announced = stream.announced === null || envelope.records === undefined ? null : stream.announced + envelope.records;
  for (const scope of envelope.scopes) {
    const known = stream.scopes.get(scope.dataset);
    // Two envelopes about one scope: it is complete only if both say so.
    if (known === undefined || known.outcome === "complete") stream.scopes.set(scope.dataset, scope);
  }
  return stream;
}

function reject(stream: Stream, where: string, { code, message }: { code: string; message: string }): void {
  stream.rejected += 1;
  stream.collector.reject(where, code, message);
}

function addRecord(stream: Stream, record: Json, { where, options }: { where: string; options: ParseOptions }): void {
  const { dataset: named, ...bare } = record;
  const kind = asString(bare["kind"]) ?? "unknown";
  stream.totals.set(kind, (stream.totals.get(kind) ?? 0) + 1);
  const checked = checkRecord(bare, options);
  if ("code" in checked) {
    reject(stream, where, checked);
    return;
  }
  const [only] = stream.scopes.keys();
  const dataset = asString(named) ?? (stream.scopes.size === 1 && only !== undefined ? only : fallbackDataset);
  if (dataset.length > 64) {
    reject(stream, where, { code: "invalid_record", message: "dataset is longer than 64 characters" });
    return;
  }
  const before = stream.collector.rejected.length;
  // The schema decides whether it is an observation: what a stranger sent has no type yet.
  stream.collector.add(dataset, checked.record as unknown as Draft, where);
  stream.rejected += stream.collector.rejected.length - before;
}

function finish(account: string, stream: Stream, options: ParseOptions): ParsedImport {
  const { collector, envelope, scopes, rejected } = stream;
  const { asOf, basis } = resolveAsOf(options, { stated: [latestInstant(stream.stated)], newestFact: undefined, files: [...stream.files] });
  const seen = [...stream.totals.values()].reduce((sum, count) => sum + count, 0);
  // A record that we could not read or that did not arrive may belong to any scope: its absence proves nothing.
  const doubt =
    rejected > 0
      ? `${rejected} records were rejected.`
      : stream.announced !== null && stream.announced !== seen
        ? `${stream.announced} records were announced, ${seen} arrived.`
        : undefined;
  for (const { dataset, outcome, note } of scopes.values()) {
    const spoiled = outcome === "complete" && doubt !== undefined;
    collector.report(dataset, {
      outcome: spoiled ? "partial" : outcome,
      observedAt: asOf,
      ...(spoiled ? { note: doubt } : note === undefined ? {} : { note }),
    });
  }
  collector.finish(asOf);
  return {
    connector: "push",
    account,
    sourceName: envelopeKey(envelope),
    asOf,
    asOfBasis: basis,
    ...collector.stated(),
    totals: Object.fromEntries([...stream.totals].sort(([a], [b]) => compare(a, b))),
  };
}
