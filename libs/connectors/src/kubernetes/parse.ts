import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { compare } from "../observe/collector.ts";
import { clusterNameOf, isNamelessCluster } from "./cluster-name.ts";
import { parseCluster } from "./parse-cluster.ts";
import { readObjects } from "./read-objects.ts";
import type { ReadFile } from "./read-objects.ts";

/** Reads every Kubernetes listing or manifest among the files, one result per cluster. */
export function parseKubernetes(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const read = files.flatMap((file) => partsOf({ ...readObjects(file), file }));
  const listed = Map.groupBy(
    read.filter(({ cluster }) => cluster === null),
    ({ file }) => clusterNameOf(file.name, options.accountHint),
  );
  const stated = Map.groupBy(
    read.filter(({ cluster }) => cluster !== null),
    ({ cluster }) => cluster!,
  );
  const byCluster = new Map<string, FilePart[]>(listed);
  const move = (from: string, to: string, own: readonly FilePart[]): void => {
    byCluster.set(to, [...(byCluster.get(to) ?? []), ...own]);
    if (from !== to) byCluster.delete(from);
  };
  for (const [name, own] of stated) {
    const home = homeOf(name, { listed: [...listed.keys()], stated: stated.size });
    move(name, home, own);
    // Files that name no cluster, beside answers about one: that is its name.
    if (home !== name && isNamelessCluster(home)) move(home, name, byCluster.get(home) ?? []);
  }
  const [only, ...others] = [...byCluster.keys()].filter((name) => !isNamelessCluster(name));
  for (const name of [...byCluster.keys()].filter(isNamelessCluster))
    if (only !== undefined && others.length === 0) move(name, only, byCluster.get(name) ?? []);
  return [...byCluster]
    .sort(([a], [b]) => compare(a, b))
    .map(([cluster, parts]) =>
      parseCluster(
        cluster,
        parts.toSorted((a, b) => compare(a.file.name, b.file.name)),
        options,
      ),
    );
}

/** What a file holds about one cluster: null where it does not say which. */
interface FilePart extends ReadFile {
  readonly cluster: string | null;
}

function partsOf(read: ReadFile): FilePart[] {
  const byCluster = Map.groupBy(read.objects, ({ cluster }) => cluster ?? null);
  if (byCluster.size === 0) return [{ ...read, cluster: null }];
  return [...byCluster].map(([cluster, objects], index) => ({ ...read, objects, cluster, problems: index === 0 ? read.problems : [] }));
}

/** Which of the listed clusters a name of the cloud means: the one called so or ending so; the only one beside the only name; else none of them. */
function homeOf(name: string, { listed, stated }: { listed: readonly string[]; stated: number }): string {
  const [, ...rest] = listed;
  const [only] = listed;
  const same = listed.find((each) => each === name) ?? listed.find((each) => endsIn(each.toLowerCase(), name.toLowerCase()));
  if (same !== undefined) return same;
  return only !== undefined && rest.length === 0 && stated === 1 ? only : name;
}

/** Contexts of kubectl and ARNs end in the name of the cluster. */
const endsIn = (text: string, name: string): boolean => text.endsWith(name) && /[^a-z0-9]/.test(text.at(-name.length - 1) ?? "x");
