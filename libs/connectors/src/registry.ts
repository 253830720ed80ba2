import { AppError } from "@rollcall/platform";
import type { FileConnector, ImportFile, OpenImport } from "@rollcall/posture-pipeline";
import { awsConnector } from "./aws/connector.ts";
import { kubernetesConnector } from "./kubernetes/connector.ts";
import { openArchive } from "./input/archive.ts";
import { pushConnector } from "./push/connector.ts";

/** Every kind of source that files can be read of. The first that recognises a file gets it; our own format is the most specific. */
export const connectors: readonly FileConnector[] = [pushConnector, awsConnector, kubernetesConnector];

export const openImport: OpenImport = (files, options) => {
  const opened = files.flatMap(openArchive).filter((file) => file.bytes.length > 0);
  if (opened.length === 0) throw new AppError("invalid_input", "The upload is empty. Choose an export file or a zip of them.");
  const filesBy = new Map<FileConnector, ImportFile[]>();
  const strangers: ImportFile[] = [];
  for (const file of opened) {
    const connector = connectors.find((candidate) => candidate.recognise(file));
    if (connector === undefined) strangers.push(file);
    else filesBy.set(connector, [...(filesBy.get(connector) ?? []), file]);
  }
  if (filesBy.size === 0) throw unsupported(strangers);
  const imports = connectors.flatMap((connector) => {
    const own = filesBy.get(connector);
    return own === undefined ? [] : connector.parse(own, options);
  });
  const [first, ...rest] = imports;
  if (first === undefined || strangers.length === 0) return imports;
  const note = `${strangers.length} files were not recognised and left out: ${strangers
    .map(({ name }) => name)
    .sort()
    .slice(0, 10)
    .join(", ")}${strangers.length > 10 ? ", ..." : ""}`;
  return [{ ...first, notes: [...first.notes, note] }, ...rest];
};

function unsupported(files: readonly ImportFile[]): AppError {
  const names = files
    .map(({ name }) => name)
    .slice(0, 3)
    .join(", ");
  const accepted = connectors.map(({ manifest }) => `${manifest.title}: ${manifest.accepts}`).join("; ");
  return new AppError("unsupported", `Nothing in ${names} is recognised. Accepted are ${accepted}; alone or in a zip.`);
}
