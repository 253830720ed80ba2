import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchAnalysis } from "./bench-analysis.ts";
import { benchAudit } from "./bench-audit.ts";
import { benchGraph, GRAPH_SIZES, isGraphPart, PARTS } from "./bench-graph.ts";
import type { GraphSize } from "./bench-graph.ts";
import { benchImport } from "./bench-import.ts";
import { benchKeyTiming } from "./bench-key-timing.ts";
import { benchPush } from "./bench-push.ts";
import { benchQueries } from "./bench-queries.ts";
import { benchScroll } from "./bench-scroll.ts";
import { benchShapes } from "./bench-shapes.ts";
import { benchStart } from "./bench-start.ts";
import { SIZES } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";

const benches: Readonly<Record<string, (size: Size) => Promise<void>>> = {
  import: benchImport,
  analysis: benchAnalysis,
  queries: benchQueries,
  push: benchPush,
};
const withoutSize: Readonly<Record<string, () => Promise<void>>> = {
  "key-timing": benchKeyTiming,
  audit: benchAudit,
  start: benchStart,
  shapes: benchShapes,
};
const USAGE = `npm run bench -- ${Object.keys(benches).join("|")} [--size ${Object.keys(SIZES).join("|")}]
       npm run bench -- key-timing (ten thousand refusals of guessed API keys)
       npm run bench -- audit (appending to the audit log and verifying it)
       npm run bench -- shapes (graphs of estates in which everybody has a grant of their own, against half as many)
       npm run bench -- start (from the command to the link)
       npm run bench -- scroll --link SIGN_IN_LINK (of a running instance)
       npm run bench:graph [-- --size ${Object.keys(GRAPH_SIZES).join("|")}] [--only ${PARTS.join("|")}]`;

const isGraphSize = (text: string): text is GraphSize => Object.hasOwn(GRAPH_SIZES, text);
const isSize = (text: string): text is Size => Object.hasOwn(SIZES, text);

function workOf(name: string, size: string, only: string | undefined): (() => Promise<void>) | null {
  if (only !== undefined && (name !== "graph" || !isGraphPart(only))) return null;
  if (name === "graph") return isGraphSize(size) ? () => benchGraph(size, only) : null;
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  return bench !== undefined && isSize(size) ? () => bench(size) : null;
}

/** What was asked for; null when it cannot be read, as with `--help`. */
function asked() {
  try {
    return parseArgs({
      args: process.argv.slice(2),
      options: { size: { type: "string", default: "10k" }, only: { type: "string" }, link: { type: "string" } },
      allowPositionals: true,
    });
  } catch {
    return null;
  }
}

function usage(): number {
  process.stderr.write(`Usage: ${USAGE}\n`);
  return 2;
}

const main = async (): Promise<number> => {
  const given = asked();
  if (given === null) return usage();
  const { values, positionals } = given;
  const [name = ""] = positionals;
  if (name === "scroll" && values.link !== undefined) {
    await benchScroll(values.link);
    return 0;
  }
  if (Object.hasOwn(withoutSize, name)) {
    await withoutSize[name]!();
    return 0;
  }
  const run = workOf(name, values.size, values.only);
  if (run === null) return usage();
  process.stdout.write(`npm run bench -- ${name} --size ${values.size}${values.only === undefined ? "" : ` --only ${values.only}`}\n`);
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}). Single run: compare ratios inside one table, not times of two runs.\n`,
  );
  await run();
  return 0;
};

process.exitCode = await main();
