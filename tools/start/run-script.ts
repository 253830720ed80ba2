import { spawn } from "node:child_process";
import { AppError } from "@rollcall/platform";

export interface ScriptRun {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs a Node script to its end and returns its stdout. A failure carries the script's own last words. */
export function runScript(name: string, run: ScriptRun): Promise<string> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...run.args], {
    cwd: run.cwd,
    env: { ...run.env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const killOnExit = (): void => void child.kill("SIGTERM");
  process.once("exit", killOnExit);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => void (stdout += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => void (stderr = (stderr + chunk.toString("utf8")).slice(-16_000)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", killOnExit);
      if (code === 0) resolve(stdout);
      else
        reject(
          new AppError("internal", `${name} failed: ${lastWords(stderr) ?? lastWords(stdout) ?? `exit code ${code}`}`, { detail: stderr }),
        );
    });
  });
}

/** Of a stack trace the line that names the error, otherwise the last line. */
function lastWords(text: string): string | null {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Node.js v"));
  const named = lines.findLast((line) => /^(\w*Error|rollcall)\b.*:/.test(line));
  const line = named ?? lines.findLast((text) => !text.startsWith("at "));
  return line?.replace(/^(\w*Error|rollcall): /, "").slice(0, 500) ?? null;
}
