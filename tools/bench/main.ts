import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchAnalysis } from "./bench-analysis.ts";
import { benchImport } from "./bench-import.ts";
import { benchQueries } from "./bench-queries.ts";
import { benchScroll } from "./bench-scroll.ts";
import { SIZES } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";

const benches: Readonly<Record<string, (size: Size) => Promise<void>>> = {
  import: benchImport,
  analysis: benchAnalysis,
  queries: benchQueries,
};
const USAGE = `npm run bench -- ${Object.keys(benches).join("|")} [--size ${Object.keys(SIZES).join("|")}] | npm run bench -- scroll --link SIGN_IN_LINK (of a running instance)`;

const isSize = (text: string): text is Size => Object.hasOwn(SIZES, text);

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    options: { size: { type: "string", default: "10k" }, link: { type: "string" } },
    allowPositionals: true,
  });
  const [name = ""] = positionals;
  if (name === "scroll" && values.link !== undefined) {
    await benchScroll(values.link);
    return 0;
  }
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined || !isSize(values.size)) {
    process.stderr.write(`Usage: ${USAGE}\n`);
    return 2;
  }
  process.stdout.write(`npm run bench -- ${name} --size ${values.size}\n`);
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}). Single run: compare ratios inside one table, not times of two runs.\n`,
  );
  await bench(values.size);
  return 0;
};

process.exitCode = await run();
