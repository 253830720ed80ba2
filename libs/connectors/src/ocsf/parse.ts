import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { latestInstant } from "../input/read-instant.ts";
import { Collector, compare } from "../observe/collector.ts";
import { findingClasses, ocsfFinding, type OcsfFinding } from "./finding.ts";
import { mostEvents, readEvents } from "./read-events.ts";
import { eventTime, reportsOf, toolOf } from "./report.ts";

const dataset = "reports";

interface Stream {
  readonly collector: Collector;
  readonly findings: { readonly finding: OcsfFinding; readonly at: string; readonly where: string }[];
  readonly totals: Map<string, number>;
  readonly files: Set<ImportFile>;
}

/** Each tool is a source of its own: what one of them says is not what another says. */
export function parseOcsf(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const streams = new Map<string, Stream>();
  const refused: { readonly where: string; readonly code: string; readonly message: string; readonly file: ImportFile }[] = [];
  let events = 0;
  for (const file of files.toSorted((a, b) => compare(a.name, b.name) || Buffer.compare(a.bytes, b.bytes))) {
    for (const entry of readEvents(file)) {
      events += 1;
      const { where } = entry;
      const result: { readonly finding: OcsfFinding } | { readonly code: string; readonly message: string } =
        events > mostEvents
          ? { code: "too_many", message: `at most ${mostEvents} events in one import` }
          : "event" in entry
            ? readFinding(entry.event)
            : entry;
      if (!("finding" in result)) {
        refused.push({ where, code: result.code, message: result.message, file });
        continue;
      }
      const { finding } = result;
      const stream = streamOf(streams, toolOf(finding));
      stream.files.add(file);
      stream.findings.push({ finding, at: eventTime(finding) ?? "", where });
      const kind = findingClasses[finding.class_uid] ?? "other";
      stream.totals.set(kind, (stream.totals.get(kind) ?? 0) + 1);
    }
  }
  // What could not be read is nobody's: it is listed with a tool of the same file, or alone.
  for (const { where, code, message, file } of refused) {
    const own = [...streams].filter(([, { files: seen }]) => seen.has(file)).map(([tool]) => tool);
    const tool = own.sort(compare)[0] ?? (options.accountHint ?? file.name).slice(0, 128);
    const stream = streamOf(streams, tool);
    stream.files.add(file);
    stream.collector.reject(where, code, message);
  }
  return [...streams].sort(([a], [b]) => compare(a, b)).map(([tool, stream]) => finish(tool, stream, options));
}

function streamOf(streams: Map<string, Stream>, tool: string): Stream {
  const stream = streams.get(tool) ?? { collector: new Collector("ocsf", tool), findings: [], totals: new Map(), files: new Set() };
  streams.set(tool, stream);
  return stream;
}

function readFinding(
  event: Readonly<Record<string, unknown>>,
): { readonly finding: OcsfFinding } | { readonly code: string; readonly message: string } {
  const uid = event["class_uid"];
  if (typeof uid === "number" && findingClasses[uid] === undefined)
    return { code: "unsupported_class", message: `class ${uid} is not read; read are ${Object.keys(findingClasses).join(", ")}` };
  const parsed = ocsfFinding.safeParse(event);
  if (parsed.success) return { finding: parsed.data };
  const issue = parsed.error.issues[0];
  return { code: "invalid_record", message: `${issue?.path.join(".") || "the event"}: ${issue?.message ?? "is not a finding"}` };
}

function finish(tool: string, { collector, findings, totals, files }: Stream, options: ParseOptions): ParsedImport {
  // Latest first: of several events about one finding the collector keeps the first.
  const ordered = findings.toSorted((a, b) => compare(b.at, a.at) || compare(a.where, b.where));
  for (const { finding, where } of ordered) for (const report of reportsOf(finding)) collector.add(dataset, report, where);
  const { asOf, basis } = resolveAsOf(options, {
    stated: [],
    newestFact: latestInstant(findings.map(({ at }) => (at === "" ? undefined : at))),
    files: [...files],
  });
  collector.report(dataset, {
    outcome: "partial",
    observedAt: asOf,
    note: "A list of findings says what was found, not that nothing else is wrong.",
  });
  collector.finish(asOf);
  return {
    connector: "ocsf",
    account: tool,
    sourceName: tool,
    asOf,
    asOfBasis: basis,
    ...collector.stated(),
    totals: Object.fromEntries([...totals].sort(([a], [b]) => compare(a, b))),
  };
}
