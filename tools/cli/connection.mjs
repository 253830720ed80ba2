import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError, exitCodes, usageError } from "./exit-codes.mjs";

/** Where to talk to and with what: the environment, or the instance that runs from this folder. */
export function findConnection(env, root) {
  if (env.ROLLCALL_URL) {
    if (!env.ROLLCALL_TOKEN)
      throw usageError("ROLLCALL_URL is set and ROLLCALL_TOKEN is not. Make an API key under Settings and set both.");
    return { url: checkedUrl(env.ROLLCALL_URL), token: env.ROLLCALL_TOKEN };
  }
  const dataDir = env.ROLLCALL_DATA_DIR || join(root, ".data");
  const instance = readInstance(join(dataDir, "instance.json"));
  return { url: checkedUrl(instance.url), token: env.ROLLCALL_TOKEN || readFileSync(instance.tokenFile, "utf8").trim() };
}

function readInstance(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code === "EACCES")
      throw new CliError(
        exitCodes.unreachable,
        `${path} belongs to another user. Run this as the user who started Rollcall, or set ROLLCALL_URL and ROLLCALL_TOKEN.`,
      );
    throw new CliError(
      exitCodes.unreachable,
      "no running Rollcall found here. Start it with npm start, set ROLLCALL_DATA_DIR to its data folder, or set ROLLCALL_URL and ROLLCALL_TOKEN.",
    );
  }
}

function checkedUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw usageError(`"${text}" is not an http or https address.`);
  // A key sent in the clear over a network is a leaked key.
  if (url.protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
    process.stderr.write(`warning: ${url.origin} is not encrypted; the API key crosses the network readably\n`);
  }
  return url.href.replace(/\/+$/, "");
}
