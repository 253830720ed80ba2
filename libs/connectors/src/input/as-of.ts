import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { latestInstant, readInstant } from "./read-instant.ts";

export interface AsOf {
  readonly asOf: string;
  readonly basis: ParsedImport["asOfBasis"];
}

interface Evidence {
  /** Dates on which the files say they were made. */
  readonly stated: readonly (string | undefined)[];
  /** The newest event the files mention: a file cannot be older than what it tells. */
  readonly newestFact: string | undefined;
  readonly files: readonly ImportFile[];
}

/** The date an import speaks of: given, else stated by a file, else the file's time, else when we got it; never in the future of receipt. */
export function resolveAsOf(options: ParseOptions, evidence: Evidence): AsOf {
  const candidates: readonly (readonly [AsOf["basis"], string | undefined])[] = [
    ["given", readInstant(options.asOf ?? undefined)],
    ["file_content", latestInstant(evidence.stated)],
    ["file_time", latestInstant(evidence.files.map((file) => readInstant(file.modifiedAt ?? undefined)))],
  ];
  const [basis, instant] = candidates.find(([, value]) => value !== undefined) ?? ["received", options.receivedAt];
  const date = instant ?? options.receivedAt;
  if (basis === "given") return { asOf: date, basis };
  const notBeforeFacts = latestInstant([date, evidence.newestFact]) ?? date;
  return { asOf: notBeforeFacts > options.receivedAt ? options.receivedAt : notBeforeFacts, basis };
}
