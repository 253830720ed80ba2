import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { acquireInstanceLock, startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";
import type { Fault } from "../fault.ts";
import { readPostmaster } from "../postmaster.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));

/** F17: what a start may find in its data folder. It adopts or refuses with one line, and deletes nothing. */
export const strangeDataDir: Fault = {
  id: "F17",
  title: "stale postmaster.pid, second instance, foreign folder, root",
  repeats: 1,
  run: async ({ note }) => {
    const scratch = mkdtempSync(join(tmpdir(), "rollcall-f17-"));
    chmodSync(scratch, 0o711);
    const dataDir = join(scratch, "data");
    mkdirSync(dataDir);
    const broken: string[] = [];
    try {
      broken.push(
        ...(await stalePidFile(dataDir)),
        ...(await adoption(dataDir)),
        ...(await secondInstance(dataDir)),
        ...(await foreign(scratch)),
      );
    } finally {
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    }
    note(process.getuid?.() === 0 ? "run as root" : "not run as root: that part was left out");
    return broken;
  },
};

const start = (dataDir: string): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, durable: false });

async function ask(server: EmbeddedPostgres, text: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** The machine lost power, and the process id in the file belongs to somebody else by now: to this very process. */
async function stalePidFile(dataDir: string): Promise<string[]> {
  const first = await start(dataDir);
  await ask(first, "create table kept as select 42 as answer");
  const owner = statSync(join(dataDir, "postgres")).uid;
  const status = readFileSync(`/proc/${readPostmaster(join(dataDir, "postgres"))}/status`, "utf8");
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
  await first.stop();
  const path = join(dataDir, "postgres/postmaster.pid");
  writeFileSync(path, `${process.pid}\n${join(dataDir, "postgres")}\n1\n65000\n\n127.0.0.1\n1 1\nready   \n`);
  // A locale that this machine does not have must not matter either.
  const earlier = process.env["LC_ALL"];
  process.env["LC_ALL"] = "xx_YY.UTF-8";
  const again = await start(dataDir);
  if (earlier === undefined) delete process.env["LC_ALL"];
  else process.env["LC_ALL"] = earlier;
  const rows = await ask(again, "select answer from kept");
  await again.stop();
  return [
    ...(rows[0]?.["answer"] === 42 ? [] : ["after a stale postmaster.pid the data is not there"]),
    ...(uid !== 0 && owner === uid ? [] : [`PostgreSQL ran as user ${uid} on a folder of user ${owner}`]),
  ];
}

/** Rollcall was killed and its PostgreSQL runs on. */
async function adoption(dataDir: string): Promise<string[]> {
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(join(root, "libs/platform/src/index.ts"))});
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false }); process.stdout.write("up"); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => parent.stdout.once("data", resolve));
  parent.kill("SIGKILL");
  await new Promise((resolve) => parent.once("exit", resolve));
  const left = readPostmaster(join(dataDir, "postgres"));
  const server = await start(dataDir);
  const rows = await ask(server, "select answer from kept");
  const same = readPostmaster(join(dataDir, "postgres")) === left;
  await server.stop();
  return server.adopted && same && rows[0]?.["answer"] === 42 ? [] : ["a PostgreSQL that was left running was not taken over"];
}

async function secondInstance(dataDir: string): Promise<string[]> {
  const lock = acquireInstanceLock(dataDir);
  try {
    return refusal(await startRollcall(dataDir), /already running on .*--data/, "a second instance");
  } finally {
    lock.release();
  }
}

/** A folder of somebody else's, and a database of another PostgreSQL. */
async function foreign(scratch: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, file, text, expected] of [
    ["theirs", "letter.txt", "not yours", /not empty and holds no PostgreSQL database.*--data/],
    ["older", "PG_VERSION", "15\n", /created by PostgreSQL 15/],
  ] as const) {
    const dataDir = join(scratch, name);
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    mkdirSync(join(dataDir, "keys"));
    writeFileSync(join(dataDir, "keys/root.key"), `${"ab".repeat(32)}\n`, { mode: 0o600 });
    writeFileSync(join(dataDir, "postgres", file), text);
    broken.push(...refusal(await startRollcall(dataDir), expected, `a folder with ${file}`));
    const kept = existsSync(join(dataDir, "postgres", file)) && readFileSync(join(dataDir, "postgres", file), "utf8") === text;
    if (!kept || readdirSync(join(dataDir, "postgres")).length !== 1) broken.push(`the folder with ${file} was changed`);
  }
  return broken;
}

interface Outcome {
  readonly code: number | null;
  readonly said: string;
}

async function startRollcall(dataDir: string): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, "tools/start/main.ts"), "--empty", "--data", dataDir],
    {
      stdio: ["ignore", "ignore", "pipe"],
      env: { PATH: process.env["PATH"] },
    },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString("utf8")));
  const timer = setTimeout(() => child.kill("SIGTERM"), 60_000);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  return { code, said: said.trim() };
}

const refusal = ({ code, said }: Outcome, expected: RegExp, what: string): string[] =>
  code === 1 && expected.test(said) && said.split("\n").length === 1
    ? []
    : [`${what} was answered with exit ${code}: ${said.slice(0, 300)}`];
