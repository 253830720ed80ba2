import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { compare } from "../observe/collector.ts";
import { clusterNameOf } from "./cluster-name.ts";
import { parseCluster } from "./parse-cluster.ts";
import { readObjects } from "./read-objects.ts";
import type { ReadFile } from "./read-objects.ts";

/** Reads every Kubernetes listing or manifest among the files, one result per cluster. */
export function parseKubernetes(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const byCluster = Map.groupBy(
    files.map((file): ReadFile => ({ ...readObjects(file), file })),
    ({ file }) => clusterNameOf(file.name, options.accountHint),
  );
  return [...byCluster]
    .sort(([a], [b]) => compare(a, b))
    .map(([cluster, read]) =>
      parseCluster(
        cluster,
        read.toSorted((a, b) => compare(a.file.name, b.file.name)),
        options,
      ),
    );
}
