import { parseArgs } from "node:util";
import { printDifference } from "./diff-stage.ts";
import { checkWorld, updateWorld, worldNames } from "./worlds.ts";

const USAGE = "npm run golden -- [--update] [world...]";
/** Differences shown per stage: the first ones name the cause, the rest are usually its echo. */
const SHOWN_PER_STAGE = 40;

const check = async (name: string, update: boolean): Promise<boolean> => {
  let same = true;
  for (const { stage, differences } of await checkWorld(name)) {
    if (differences.length === 0) continue;
    same = false;
    process.stdout.write(
      `\n${name} / ${stage}: ${differences.length} differences\n${differences.slice(0, SHOWN_PER_STAGE).map(printDifference).join("\n")}\n`,
    );
    if (differences.length > SHOWN_PER_STAGE) process.stdout.write(`  and ${differences.length - SHOWN_PER_STAGE} more\n`);
  }
  if (update && !same) await updateWorld(name);
  process.stdout.write(`${name}: ${same ? "as committed" : update ? "rewritten" : "differs"}\n`);
  return same || update;
};

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    options: { update: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const known = worldNames();
  const strangers = positionals.filter((name) => !known.includes(name));
  if (strangers.length > 0) {
    process.stderr.write(`There is no world ${strangers.join(", ")}. Worlds: ${known.join(", ")}\nUsage: ${USAGE}\n`);
    return 2;
  }
  let ok = true;
  for (const name of positionals.length > 0 ? positionals : known) ok = (await check(name, values.update)) && ok;
  if (!ok) process.stdout.write("\nIf the differences are what you meant: npm run golden -- --update\n");
  return ok ? 0 : 1;
};

process.exitCode = await run();
