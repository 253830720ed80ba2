import type { ImportFile } from "../ports/connector.ts";
import type { FetchedExport } from "../ports/fetch-export.ts";

const endings: readonly (readonly [RegExp, string])[] = [
  [/ndjson|jsonl|json-lines/, "ndjson"],
  [/\bjson\b/, "json"],
  [/\byaml\b/, "yaml"],
  [/\bcsv\b/, "csv"],
  [/\bzip\b/, "zip"],
  [/gzip/, "gz"],
];

/** What was read, as a file: some readers go by names, and addresses have none worth the name. */
export function pulledFile(
  url: string,
  { body, contentType, modifiedAt }: Pick<FetchedExport, "body" | "contentType" | "modifiedAt">,
): ImportFile {
  const last = decoded(new URL(url).pathname.split("/").findLast((part) => part !== "") ?? "export");
  const ending = endings.find(([type]) => type.test(contentType))?.[1] ?? "json";
  const name = /\.[a-z]\w{1,5}$/i.test(last) ? last : `${last}.${ending}`;
  return { name: name.slice(-200), bytes: body ?? new Uint8Array(0), modifiedAt };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part).replace(/[^\w.@-]+/g, "-");
  } catch {
    return "export";
  }
}
