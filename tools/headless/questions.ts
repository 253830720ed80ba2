import { answerQuestion } from "@rollcall/access-graph";
import type { PolicyAnswer } from "@rollcall/access-graph";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { exitCodes, unreadable } from "./exit.ts";
import type { ExitCode } from "./exit.ts";
import type { Output } from "./output.ts";

type Answer = PolicyAnswer & { readonly line?: number };

/** One question per line in, one answer per line out, in the same order; `-` reads standard input. Empty lines are no questions. */
export async function answerQuestions(path: string, output: Output): Promise<ExitCode> {
  const input = await open(path);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  let invalid = 0;
  try {
    for await (const text of lines) {
      line += 1;
      if (text.trim() === "") continue;
      const answer = answerLine(text, line);
      if (answer.decision === "invalid") invalid += 1;
      await output.write(`${JSON.stringify(answer)}\n`);
    }
  } catch (error) {
    throw unreadable(`${path} could not be read to its end (${(error as NodeJS.ErrnoException).code ?? "error"}, after line ${line}).`);
  }
  return invalid === 0 ? exitCodes.ok : exitCodes.badNews;
}

/** Whatever a line holds, it gets an answer: the next one must not suffer for it. */
export function answerLine(text: string, line: number): Answer {
  let question: unknown;
  try {
    question = JSON.parse(line === 1 ? text.replace(/^\uFEFF/, "") : text);
  } catch {
    return { id: null, decision: "invalid", statements: [], reason: "the line is not JSON", line };
  }
  try {
    const { id, decision, statements, reason } = answerQuestion(question);
    return { id, decision, statements, ...(reason === undefined ? {} : { reason }), ...(id === null ? { line } : {}) };
  } catch {
    return { id: null, decision: "invalid", statements: [], reason: "the question could not be evaluated", line };
  }
}

async function open(path: string): Promise<Readable> {
  if (path === "-") return process.stdin;
  const info = await stat(path).catch(() => null);
  if (info === null) throw unreadable(`There is no file ${path}.`);
  if (info.isDirectory()) throw unreadable(`${path} is a folder; name a file with one question per line.`);
  return createReadStream(path);
}
