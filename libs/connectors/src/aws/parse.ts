import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { compare } from "../observe/collector.ts";
import { bundleByAccount } from "./account-bundle.ts";
import type { Unattributed } from "./account-bundle.ts";
import { readAwsDocuments } from "./documents.ts";
import type { AwsDocument } from "./documents.ts";
import { parseAccount } from "./parse-account.ts";

/** Reads every AWS export among the files, one result per account. */
export function parseAws(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const documents: AwsDocument[] = [];
  const rejected: { where: string; code: string; message: string }[] = [];
  for (const file of files.toSorted(compareFiles)) {
    for (const reading of readAwsDocuments(file)) {
      if (reading === null)
        rejected.push({
          where: file.name,
          code: "unrecognised",
          message: `${file.name} is not an AWS export that is read. Remove it or see the list of exports.`,
        });
      else if ("document" in reading) documents.push(reading.document);
      else rejected.push({ where: file.name, ...reading });
    }
  }
  const { bundles, unattributed } = bundleByAccount(documents, options.accountHint);
  const homeless = [...rejected, ...unattributed.map(asRejected)];
  const ownAccounts = new Set(bundles.map((bundle) => bundle.account));
  const used = bundles.filter(
    ({ account: _account, ...documents }) => Object.values(documents).reduce((sum, list: readonly unknown[]) => sum + list.length, 0) > 0,
  );
  const imports = used.map((bundle, index) => parseAccount(bundle, { options, files, ownAccounts, rejected: index === 0 ? homeless : [] }));
  return imports.length > 0 || homeless.length === 0 ? imports : [nothingRead(options, homeless)];
}

const asRejected = ({ where, message }: Unattributed): { where: string; code: string; message: string } => ({
  where,
  code: "unattributable",
  message,
});

/** Order of work must not depend on the order of upload. */
export const compareFiles = (a: ImportFile, b: ImportFile): number =>
  compare(a.name, b.name) || a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes);

const nothingRead = (options: ParseOptions, rejected: ParsedImport["rejected"]): ParsedImport => ({
  connector: "aws",
  account: options.accountHint ?? "unknown",
  sourceName: "AWS",
  asOf: options.receivedAt,
  asOfBasis: "received",
  reports: [],
  observations: [],
  rejected,
  totals: {},
  notes: ["Nothing could be read from these files."],
});
