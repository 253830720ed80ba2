import { spawn } from "node:child_process";
import module from "node:module";
import { join } from "node:path";
import { installIsCurrent } from "../installed-packages.mjs";

/** Commands that answer from files alone: no server, no database, no network. */
export const headlessCommands = new Set(["analyse", "can"]);

/**
 * Runs them in this process when it is able to, else through the bootstrap, which fetches Node 24 and installs packages
 * first, once, saying so on stderr.
 */
export async function runHeadless({ args, env, root, stdout, stderr }) {
  if (runsTypeScript() && installIsCurrent(root)) {
    keepCompiled(root);
    const { run } = await import("../headless/run.ts");
    return run({ args, env, stdout, stderr });
  }
  return throughBootstrap({ tool: "headless", args, env, root });
}

/**
 * Reading and compiling the sources takes most of a short run: what comes of it is kept for the next one. In the installation
 * and not in the folder for temporary files, where somebody else could put code for us. Where that cannot be written, nothing is kept.
 */
function keepCompiled(root) {
  module.enableCompileCache(join(root, ".tools", "compile-cache"));
}

/** 22.18 and 24 strip types without a flag. */
function runsTypeScript() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/** Runs a tool with the Node and the packages that it needs, both fetched first when they are missing. */
export function throughBootstrap({ tool, args, env, root }) {
  const bootstrap = join(root, "tools", "bootstrap.mjs");
  // npm leaves INIT_CWD in the environment of what it starts; the files named are relative to where we are.
  const child = spawn(process.execPath, [bootstrap, tool, ...args], { env: { ...env, INIT_CWD: process.cwd() }, stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 3));
  });
}
