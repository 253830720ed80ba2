import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { generateEstate } from "@rollcall/connectors";
import { readArguments, USAGE } from "./arguments.ts";
import type { GenerateArguments } from "./arguments.ts";
import { writeEstate } from "./write-estate.ts";
import type { Written } from "./write-estate.ts";

const PROGRESS_EVERY_MS = 500;

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

const run = async ({ identities, seed, out, asOf, prefix }: GenerateArguments): Promise<void> => {
  const started = performance.now();
  let shownAt = started;
  const progress = (written: Written): void => {
    if (performance.now() - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = performance.now();
    process.stderr.write(
      `  ${written.identities.toLocaleString("en")} of ${identities.toLocaleString("en")} identities, ${written.sources} sources, ${mebibytes(written.bytes)}\n`,
    );
  };
  const stream = createWriteStream(out);
  const failed = finished(stream);
  const estate = generateEstate({ identities, seed, asOf, ...(prefix === "" ? {} : { prefix }) });
  const written = await Promise.race([
    writeEstate(estate.imports, stream, progress),
    failed.then(() => {
      throw new Error("the file was closed early");
    }),
  ]);
  stream.end();
  await failed;
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(
    `Wrote ${out}: ${written.identities.toLocaleString("en")} identities, ${written.lines.toLocaleString("en")} lines, ${written.sources} sources, ${mebibytes(written.bytes)} in ${seconds.toFixed(1)} s (memory peak ${mebibytes(peak)})\n`,
  );
  process.stdout.write(`As of ${asOf}, seed ${seed}. The same options give the same file.\n`);
};

try {
  await run(readArguments(process.argv.slice(2), new Date()));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}\n`);
  process.exitCode = error instanceof RangeError || (error instanceof TypeError && "code" in error) ? 2 : 1;
}
