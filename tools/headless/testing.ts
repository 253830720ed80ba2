import { Writable } from "node:stream";
import { analyseReport } from "./report-schema.ts";
import { run } from "./run.ts";

class Sink extends Writable {
  #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}

/** The command as the launcher runs it, with what it wrote. */
export async function runHere(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const code = await run({ args, env: {}, stdout, stderr });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** The report of `analyse --json`, held to its schema. */
export async function analyseHere(...args: readonly string[]) {
  const { code, stdout, stderr } = await runHere("analyse", ...args, "--json");
  return { code, stderr, stdout, report: analyseReport.parse(JSON.parse(stdout)) };
}
