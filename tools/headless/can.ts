import { can as decideRequest } from "@rollcall/access-graph";
import type { CanQuestion, PolicyAnswer } from "@rollcall/access-graph";
import { parseArgs } from "node:util";
import { exitCodes, usageError } from "./exit.ts";
import type { ExitCode } from "./exit.ts";
import { printable } from "./output.ts";
import type { Output } from "./output.ts";
import { optionsOf } from "./parse-options.ts";
import { readContext, readLevels, readResourcePolicies } from "./policy-files.ts";
import { answerQuestions } from "./questions.ts";
import { readInventory } from "./read-inventory.ts";

const parseCan = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      questions: { type: "string" },
      scp: { type: "string", multiple: true, default: [] },
      rcp: { type: "string", multiple: true, default: [] },
      "session-policy": { type: "string", multiple: true, default: [] },
      "resource-policy": { type: "string", multiple: true, default: [] },
      "resource-account": { type: "string" },
      context: { type: "string", multiple: true, default: [] },
      "full-context": { type: "boolean", default: false },
      account: { type: "string" },
      json: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });

/** Answers whether a principal may do something, from exports alone; or every question of a file of questions. */
export async function can(args: readonly string[], output: Output): Promise<ExitCode> {
  const { values, positionals } = optionsOf(() => parseCan(args));
  if (values.questions !== undefined) {
    if (positionals.length > 0) throw usageError("With --questions every question brings its own policies: name no files.");
    return answerQuestions(values.questions, output);
  }
  const [principal, action, resource, ...files] = positionals;
  if (principal === undefined || action === undefined || resource === undefined || files.length === 0)
    throw usageError("can needs a principal, an action, a resource and at least one file.");
  const { snapshot, unreadable } = readInventory(files, { asOf: null, account: values.account ?? null });
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? null;
  const question: CanQuestion = {
    principal,
    action,
    resource,
    ...(values["resource-account"] === undefined ? {} : { resourceAccount: values["resource-account"] }),
    ...(values.context.length > 0 || values["full-context"] ? { context: readContext(values.context) } : {}),
    scps: readLevels("scp", values.scp, account),
    rcps: readLevels("rcp", values.rcp, account),
    ...(values["session-policy"].length === 0
      ? {}
      : { sessionPolicies: readLevels("session-policy", values["session-policy"], null)!.flat() }),
    ...(values["resource-policy"].length === 0 ? {} : { resourcePolicy: readResourcePolicies(values["resource-policy"]) }),
  };
  const asOf =
    snapshot.sources
      .map((source) => source.asOf ?? "")
      .sort()
      .at(-1) ?? "";
  const answer = decideRequest({ ...snapshot, asOf }, question);
  const { decision, statements, reason } = answer;
  if (unreadable.length > 0)
    output.remark(`${unreadable.length} files or records could not be read: ${unreadable[0]!.where}: ${unreadable[0]!.message}`);
  await output.write(
    values.json
      ? `${JSON.stringify({ principal, action, resource, decision, statements, ...(reason === undefined ? {} : { reason }) })}\n`
      : textOf(answer),
  );
  return decision === "allowed" ? exitCodes.ok : exitCodes.badNews;
}

const textOf = ({ decision, statements, reason }: PolicyAnswer): string =>
  [
    decision,
    ...(reason === undefined ? [] : [`  ${printable(reason)}`]),
    ...statements.map(({ policy, statement, effect }) => `  ${effect} ${printable(policy)} statement ${printable(String(statement))}`),
    "",
  ].join("\n");
