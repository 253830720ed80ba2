import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AppError, freePort } from "@rollcall/platform";
import { buildDashboard } from "./build-dashboard.ts";
import { choosePort } from "./check-host.ts";
import { startDataPlane, type DataPlane } from "./data-plane.ts";
import { removeInstance, writeInstance } from "./instance-file.ts";
import { loadDemo } from "./load-demo.ts";
import { startProcess, type ManagedProcess } from "./managed-process.ts";
import type { Progress } from "./progress.ts";
import { keySourceEnv, singleSignOnEnv, withoutOwner, withoutSecrets } from "./process-env.ts";
import { runScript } from "./run-script.ts";
import { forgottenLink, signInLink } from "./sign-in-link.ts";
import type { StartOptions } from "./start-options.ts";
import { stopSignal } from "./stop-signal.ts";
import { describeDeath, waitUntilReady } from "./wait-until-ready.ts";

export interface InstanceInput {
  readonly root: string;
  readonly options: StartOptions;
  readonly progress: Progress;
}

/** Everything that was started, in the order it was started; it is stopped the other way round. */
interface Running {
  stopping: boolean;
  plane: DataPlane | null;
  readonly processes: ManagedProcess[];
}

/** Runs until a stop signal (returns 0) or until one of the parts dies (returns 1). */
export async function runInstance(input: InstanceInput): Promise<number> {
  const running: Running = { stopping: false, plane: null, processes: [] };
  const stopping = stopSignal();
  try {
    const started = bringUp(input, running);
    const first = await Promise.race([started, stopping]);
    if (first === null) {
      running.stopping = true;
      // What is being started at this moment has to be known before it can be stopped.
      await Promise.race([started.catch(() => null), new Promise((resolve) => setTimeout(resolve, 3000))]);
      return 0;
    }
    const death = await Promise.race([stopping, firstDeath(running)]);
    if (death === null) return 0;
    process.stderr.write(`rollcall: ${death}\n`);
    return 1;
  } finally {
    await shutDown(input, running);
  }
}

async function bringUp(input: InstanceInput, running: Running): Promise<true> {
  const { root } = input;
  const progress = untilStopped(input.progress, running);
  const { dataDir, mode } = input.options;
  const logDir = join(dataDir, "logs");
  mkdirSync(logDir, { recursive: true });
  const host = process.env["HOST"] || "127.0.0.1";
  const { port, note: portNote } = await choosePort(input.options.port, host);
  if (portNote !== null) progress.say(`  ${portNote}`);
  const publicUrl = process.env["ORIGIN"] || `http://localhost:${port}`;
  const base = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    // Reading their modules is most of what processes do before they are ready.
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] || join(root, ".tools", "compile-cache"),
    ROLLCALL_DATA_DIR: dataDir,
    ORIGIN: publicUrl,
  };

  const plane = await progress.step("PostgreSQL", (note) => startDataPlane(dataDir, process.env, note));
  running.plane = plane;
  const ownerEnv = { ...withoutSecrets(base), ...plane.env };
  const env = withoutOwner(ownerEnv);
  await progress.step("migrations", async (note) => {
    const args = ["--experimental-wasm-modules", join(root, "libs", "persistence", "src", "migrate-main.ts")];
    note((await runScript("the migration", { args, cwd: root, env: ownerEnv })).trim().replace(/\.$/, "").toLowerCase());
  });
  const dashboard = await progress.step("dashboard", async (note) => {
    const answer = await buildDashboard(root, withoutSecrets(base));
    if (!answer.built) note("unchanged, not built again");
    return answer;
  });
  const dashboardPort = await freePort();
  const apiUrl = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${port}`;
  const start = (name: string, args: readonly string[], processEnv: NodeJS.ProcessEnv, cwd = root): void => {
    running.processes.push(startProcess({ name, args, cwd, env: processEnv, logDir }));
  };
  await progress.step("processes", async () => {
    const dashboardEnv = { ...withoutSecrets(base), PORT: String(dashboardPort), HOSTNAME: "127.0.0.1", API_ORIGIN: apiUrl };
    start("dashboard", [dashboard.server], dashboardEnv);
    start("worker", [join(root, "apps", "worker", "src", "main.ts")], { ...env, ...keySourceEnv(process.env) });
    const apiEnv = {
      ...env,
      HOST: host,
      PORT: String(port),
      DASHBOARD_URL: `http://127.0.0.1:${dashboardPort}`,
      ROLLCALL_START_MODE: mode,
      ...singleSignOnEnv(process.env),
    };
    start("api", [join(root, "apps", "api", "src", "main.ts")], apiEnv);
    await waitUntilReady(`${apiUrl}/readyz`, running.processes);
    await waitUntilReady(`http://127.0.0.1:${dashboardPort}/`, running.processes, true);
  });
  const signIn = await signInLink(root, { ...env, PORT: String(port) });
  writeInstance(dataDir, { url: apiUrl, token: signIn.token, pid: process.pid });
  if (mode === "demo") await progress.step("demo", (note) => loadDemo({ apiUrl, token: signIn.token, note }));
  progress.say(`Rollcall is ready: ${signIn.url}`);
  const { forgot } = input.options;
  if (forgot !== null) progress.say(await forgottenLink(root, { ...env, PORT: String(port) }, forgot));
  return true;
}

/** After a request to stop no further step begins. */
function untilStopped(progress: Progress, running: Running): Progress {
  return {
    say: (text) => progress.say(text),
    step: (name, run) =>
      running.stopping ? Promise.reject(new AppError("cancelled", "stopped while starting")) : progress.step(name, run),
  };
}

async function firstDeath(running: Running): Promise<string> {
  const deaths = running.processes.map(async (one) => describeDeath(one, await one.exited));
  const database = running.plane?.embedded?.exited.then(
    () => "PostgreSQL stopped. The reason is at the end of logs/postgres.log in the data folder.",
  );
  return Promise.race([...deaths, ...(database === undefined ? [] : [database])]);
}

async function shutDown(input: InstanceInput, running: Running): Promise<void> {
  running.stopping = true;
  input.progress.say("Stopping");
  removeInstance(input.options.dataDir);
  // The API first, so that nothing new arrives; the worker hands its jobs back; the database goes last.
  for (const one of running.processes.toReversed()) await one.stop();
  try {
    await running.plane?.embedded?.stop();
  } catch (cause) {
    throw new AppError("internal", "PostgreSQL did not stop cleanly; the next start recovers it.", { cause });
  }
  input.progress.say("Stopped");
}
