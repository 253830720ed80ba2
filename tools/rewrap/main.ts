import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@rollcall/platform";
import { startDataPlane } from "../start/data-plane.ts";

const root = dirname(dirname(import.meta.dirname));

/** The worker's own program does it: no other may read the key file. Here only the database is found, or started for as long as it takes. */
async function rewrap(dataDir: string, args: readonly string[]): Promise<number> {
  if (!process.env["DATABASE_URL"] && !existsSync(join(dataDir, "postgres")))
    throw new AppError("not_found", `There is no Rollcall in ${dataDir}. Name its folder with --data DIR.`);
  const { env, embedded } = await startDataPlane(dataDir, process.env, () => {});
  try {
    const program = join(root, "apps", "worker", "src", "rewrap-main.ts");
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
      cwd: root,
      env: { ...process.env, ...env, ROLLCALL_DATA_DIR: dataDir },
      stdio: ["ignore", "inherit", "inherit"],
    });
    return await new Promise((ended, failed) => {
      child.once("error", failed);
      child.once("exit", (code) => ended(code ?? 3));
    });
  } finally {
    if (embedded?.adopted === false) await embedded.stop();
  }
}

try {
  const options = {
    data: { type: "string" },
    "keep-old-keys": { type: "boolean", default: false },
    to: { type: "string" },
    shred: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  const dataDir = resolve(values.data ?? (process.env["ROLLCALL_DATA_DIR"] || join(root, ".data")));
  const args = [
    ...(values["keep-old-keys"] ? ["--keep-old-keys"] : []),
    ...(values.to === undefined ? [] : ["--to", values.to]),
    ...(values.shred === undefined ? [] : [`--shred=${values.shred}`]),
  ];
  process.exitCode = await rewrap(existsSync(dataDir) ? realpathSync(dataDir) : dataDir, args);
} catch (error) {
  process.stderr.write(`rollcall: ${(error as Error).message}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 3;
}
process.exit();
