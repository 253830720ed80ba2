import { parseArgs } from "node:util";
import { exitCodes, usageError } from "./exit.ts";
import type { ExitCode } from "./exit.ts";
import { instantOption } from "./instant-option.ts";
import type { Output } from "./output.ts";
import { withServiceControlPolicies } from "./organisation-policies.ts";
import { optionsOf } from "./parse-options.ts";
import { analyseInventory, readInventory } from "./read-inventory.ts";
import { reportOf } from "./report.ts";
import type { Report } from "./report.ts";
import { writeJson } from "./write-json.ts";
import { writeText } from "./write-text.ts";

const DEFAULT_ROUTES = 20;

/** Reads exports, judges them and says what came out, without a server. */
export async function analyse(args: readonly string[], output: Output): Promise<ExitCode> {
  const { values, positionals } = optionsOf(() =>
    parseArgs({
      args: [...args],
      options: {
        "as-of": { type: "string" },
        account: { type: "string" },
        routes: { type: "string" },
        scp: { type: "string", multiple: true, default: [] },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    }),
  );
  if (positionals.length === 0) throw usageError("Name at least one file or folder to analyse.");
  const asOf = instantOption("as-of", values["as-of"]);
  const read = readInventory(positionals, { asOf, account: values.account ?? null });
  const inventory = { ...read, snapshot: withServiceControlPolicies(read.snapshot, values.scp) };
  const result = await analyseInventory(inventory, asOf);
  const report = reportOf(inventory, result, routesOption(values.routes));
  await (values.json ? writeJson(report, output) : writeText(report, output));
  if (inventory.unreadable.length > 0 && values.json)
    output.remark(`${inventory.unreadable.length} files or records could not be read; see unknown.unreadable`);
  return isBadNews(report) ? exitCodes.badNews : exitCodes.ok;
}

/** A critical finding, or a certain way for somebody who is no administrator to become one. */
const isBadNews = ({ head, routes }: Report): boolean =>
  (head.verdicts.findings["critical"] ?? 0) > 0 || routes.escalationPaths.some((route) => route.certain);

function routesOption(text: string | undefined): number {
  if (text === undefined) return DEFAULT_ROUTES;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw usageError(`--routes ${text} is not a number from 1 on.`);
  return Number(text);
}
