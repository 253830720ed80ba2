import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { Collector, compare } from "../observe/collector.ts";
import { normaliseConfig } from "./normalise.ts";
import { readMcpConfig } from "./read-config.ts";

/** Reads configurations of MCP clients, one result per place (a machine, a person, a repository). */
export function parseMcp(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const byPlace = Map.groupBy(files, (file) => placeOf(file.name, options.accountHint));
  return [...byPlace]
    .sort(([a], [b]) => compare(a, b))
    .map(([place, own]) =>
      parsePlace(
        place,
        own.toSorted((a, b) => compare(a.name, b.name)),
        options,
      ),
    );
}

/** Said by the sender, else the folder that holds the client's own folder (`laptop-7/.cursor/mcp.json`), else `local`. */
function placeOf(path: string, hint: string | null): string {
  const folders = path.split(/[\\/]/).slice(0, -1);
  const own = folders.findLast(
    (folder) => !folder.startsWith(".") && !/^(?:Claude|User|Application Support|AppData|Roaming|Library)$/.test(folder),
  );
  const named = hint === null || hint.trim() === "" ? own : hint.trim();
  return (named ?? "local").replace(/[/\s|#]+/g, "-").slice(0, 100);
}

function parsePlace(place: string, files: readonly ImportFile[], options: ParseOptions): ParsedImport {
  const collector = new Collector("mcp", place);
  const { asOf, basis } = resolveAsOf(options, { stated: [], newestFact: undefined, files });
  let servers = 0;
  for (const file of files) {
    const config = readMcpConfig(file);
    if (typeof config === "string") {
      collector.reject(file.name, "invalid_record", `${file.name} ${config}`);
      continue;
    }
    servers += config.servers.length;
    normaliseConfig({ collector, place, where: file.name, fingerprint: options.fingerprint }, config);
  }
  for (const dataset of ["agents", "servers", "secrets"])
    collector.report(dataset, { outcome: "partial", observedAt: asOf, note: "Files show what is there, not that nothing else is." });
  collector.finish(asOf);
  return {
    connector: "mcp",
    account: place,
    sourceName: `MCP ${place}`,
    asOf,
    asOfBasis: basis,
    ...collector.stated(),
    totals: { configurations: files.length, servers },
  };
}
