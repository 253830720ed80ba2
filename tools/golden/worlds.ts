import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openImport } from "@rollcall/connectors";
import type { AccessGraph } from "@rollcall/access-graph";
import { analyseSnapshot, snapshotOfImports } from "@rollcall/posture-pipeline";
import type { ImportFile, ParsedImport, WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { createHmac } from "node:crypto";
import { diffStage } from "./diff-stage.ts";
import type { Difference } from "./diff-stage.ts";
import { findingsStage, graphStage, inventoryStage, STAGES, tasksStage } from "./stages.ts";
import type { Stage, StageName, Stages } from "./stages.ts";

const folder = fileURLToPath(new URL("../../libs/posture-pipeline/worlds", import.meta.url));

interface World {
  /** The day on which the world is imported and judged, RFC 3339. */
  readonly now: string;
  /** Account or cluster, for files that do not name it. */
  readonly account: string | null;
}

export const worldNames = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "world.json")))
    .sort();

const filesUnder = (path: string): readonly ImportFile[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .sort()
    .filter((name) => statSync(join(path, name)).isFile())
    .map((name) => ({ name, bytes: readFileSync(join(path, name)), modifiedAt: null }));

/** Runs the raw files of a world through every stage, without a database. */
export async function runWorld(name: string): Promise<Stages> {
  const { imports, snapshot, now } = readWorld(name);
  const result = await analyseSnapshot(snapshot, { now });
  return {
    inventory: inventoryStage(snapshot, imports),
    graph: graphStage(result.graph),
    findings: findingsStage(result),
    tasks: tasksStage(snapshot, result, now),
  };
}

/** The access graph of a world, for questions about its ways. */
export async function graphOfWorld(name: string): Promise<AccessGraph> {
  const { snapshot, now } = readWorld(name);
  return (await analyseSnapshot(snapshot, { now })).graph;
}

function readWorld(name: string): {
  readonly imports: readonly ParsedImport[];
  readonly snapshot: WorkspaceSnapshot;
  readonly now: string;
} {
  const path = join(folder, name);
  const world = JSON.parse(readFileSync(join(path, "world.json"), "utf8")) as World;
  // A fixed key: golden files are public, and so are the made-up secrets in the raw files.
  const fingerprint = (secret: string): string => createHmac("sha256", "golden").update(secret).digest("hex");
  const imports = openImport(filesUnder(join(path, "raw")), { asOf: null, receivedAt: world.now, accountHint: world.account, fingerprint });
  return { imports, snapshot: snapshotOfImports(imports), now: world.now };
}

const stagePath = (name: string, stage: StageName): string => join(folder, name, `${stage}.json`);
const readStage = (name: string, stage: StageName): Stage =>
  existsSync(stagePath(name, stage)) ? (JSON.parse(readFileSync(stagePath(name, stage), "utf8")) as Stage) : {};

/** What differs from the committed stage files. */
export async function checkWorld(
  name: string,
): Promise<readonly { readonly stage: StageName; readonly differences: readonly Difference[] }[]> {
  const fresh = await runWorld(name);
  return STAGES.map((stage) => ({ stage, differences: diffStage(readStage(name, stage), fresh[stage]) }));
}

export async function updateWorld(name: string): Promise<void> {
  const fresh = await runWorld(name);
  for (const stage of STAGES) writeFileSync(stagePath(name, stage), `${JSON.stringify(fresh[stage], null, 1)}\n`);
}
