import { AppError } from "@rollcall/platform";
import type { FileConnector, ImportFile, OpenImport, ParsedImport, ParseOptions, RejectedRecord } from "@rollcall/posture-pipeline";
import { awsConnector } from "./aws/connector.ts";
import { kubernetesConnector } from "./kubernetes/connector.ts";
import { githubActionsConnector } from "./github-actions/connector.ts";
import { openArchive, openArchives } from "./input/archive.ts";
import { mcpConnector } from "./mcp/connector.ts";
import { ocsfConnector } from "./ocsf/connector.ts";
import { pushConnector } from "./push/connector.ts";
import { tableConnector } from "./table/connector.ts";
import { secretScanningConnector } from "./secret-scanning/connector.ts";

/** Every kind of source that files can be read of. The first that recognises a file gets it; our own format is the most specific. */
export const connectors: readonly FileConnector[] = [
  pushConnector,
  ocsfConnector,
  secretScanningConnector,
  awsConnector,
  kubernetesConnector,
  githubActionsConnector,
  mcpConnector,
  tableConnector,
];

/** Which system's own export this is, by its beginning; null when it is none, or a table that needs a mapping. */
export function knownAs(file: ImportFile): string | null {
  const connector = connectors.find((candidate) => candidate !== tableConnector && candidate.recognise(file));
  return connector?.manifest.title ?? null;
}

export const openImport: OpenImport = (files, options) => {
  const opened = openArchives(files).filter((file) => file.bytes.length > 0);
  if (opened.length === 0) throw new AppError("invalid_input", "The upload is empty. Choose an export file or a zip of them.");
  const { imports, strangers } = parseOpened(opened, options);
  if (strangers.length === opened.length) throw unsupported(strangers);
  const [first, ...rest] = imports;
  if (first === undefined || strangers.length === 0) return imports;
  const note = `${strangers.length} files were not recognised and left out: ${strangers
    .map(({ name }) => name)
    .sort()
    .slice(0, 10)
    .join(", ")}${strangers.length > 10 ? ", ..." : ""}`;
  return [{ ...first, notes: [...first.notes, note] }, ...rest];
};

/** Reads what can be read of a pile of files and lists the rest with the reason: one bad file does not keep the others from being read. */
export function openReadable(
  files: readonly ImportFile[],
  options: ParseOptions,
): { readonly imports: readonly ParsedImport[]; readonly unreadable: readonly RejectedRecord[] } {
  const unreadable: RejectedRecord[] = [];
  const opened = files.flatMap((file) => {
    try {
      return openArchive(file);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unreadable.push({ where: file.name, code: error.code, message: error.message });
      return [];
    }
  });
  const filled = opened.filter((file) => file.bytes.length > 0);
  for (const { name, bytes } of opened)
    if (bytes.length === 0) unreadable.push({ where: name, code: "empty", message: "The file is empty." });
  const { imports, strangers } = parseOpened(filled, options);
  for (const { name } of strangers) unreadable.push({ where: name, code: "unrecognised", message: "is none of the exports that are read" });
  return { imports, unreadable };
}

function parseOpened(
  opened: readonly ImportFile[],
  options: ParseOptions,
): { readonly imports: readonly ParsedImport[]; readonly strangers: readonly ImportFile[] } {
  const filesBy = new Map<FileConnector, ImportFile[]>();
  const strangers: ImportFile[] = [];
  for (const file of opened) {
    const connector = connectors.find((candidate) => candidate.recognise(file) && candidate.readyFor?.(options) !== false);
    const list = connector === undefined ? strangers : (filesBy.get(connector) ?? []);
    if (connector !== undefined) filesBy.set(connector, list);
    list.push(file);
  }
  const imports = connectors.flatMap((connector) => {
    const own = filesBy.get(connector);
    return own === undefined ? [] : connector.parse(own, options);
  });
  return { imports, strangers };
}

function unsupported(files: readonly ImportFile[]): AppError {
  const names = files
    .map(({ name }) => name)
    .slice(0, 3)
    .join(", ");
  const table = files.find(({ name, bytes, modifiedAt }) => tableConnector.recognise({ name, bytes, modifiedAt }));
  if (table !== undefined)
    return new AppError(
      "unsupported",
      `${table.name} is a table. Say which column is what: send a mapping with it, as "rollcall import --mapping" does.`,
    );
  return new AppError("unsupported", `Nothing in ${names} is recognised. ${acceptedExports()}`);
}

/** One sentence for whoever brought something else. */
export const acceptedExports = (): string =>
  `Accepted are ${connectors.map(({ manifest }) => `${manifest.title}: ${manifest.accepts}`).join("; ")}; alone or in a zip.`;
