import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CliError, exitCodes, usageError } from "../exit-codes.mjs";
import { readCheckpoints } from "./read-checkpoints.mjs";
import { ChainVerifier } from "./verify-chain.mjs";

/** As safety auditors expect them: 0 intact, 1 broken, 2 could not be checked. */
const cannotCheck = 2;
const pageRows = 1000;

/** `audit verify` recomputes the chain; `audit export` prints it as lines of JSON (what was pruned first), for keeping or verifying elsewhere. */
export async function audit({ client, action, options, dataDir, out, write }) {
  if (action === "export") return exportRecords(client, write);
  if (action !== "verify")
    throw usageError(action === undefined ? "audit needs verify or export." : `audit ${action} is not known; it is verify or export.`);
  try {
    return await verify({ client, options, dataDir, out });
  } catch (error) {
    throw new CliError(cannotCheck, `could not check: ${error.message}`);
  }
}

async function verify({ client, options, dataDir, out }) {
  const own = join(dataDir, "audit-checkpoints.ndjson");
  const path = options["from-checkpoint"] ?? (statSync(own, { throwIfNoEntry: false })?.isFile() === true ? own : undefined);
  const all = path === undefined ? [] : readCheckpoints(path, options["public-key"]);
  const signer = options["public-key"] ?? all[0]?.publicKey;
  let verifier = null;
  let checkpoints = [];
  for await (const line of options.file === undefined ? remoteLines(client) : fileLines(options.file)) {
    // One file may hold the checkpoints of several workspaces; the log itself says whose it is.
    if (verifier === null) {
      checkpoints = all.filter(({ workspaceId }) => workspaceId === line.workspaceId);
      verifier = new ChainVerifier(checkpoints);
    }
    if (!("lastSeq" in line ? verifier.addSegment(line, signer) : verifier.add(line))) break;
  }
  if (verifier === null && all.length > 0) verifier = new ChainVerifier((checkpoints = all));
  const broken = verifier?.finish() ?? null;
  if (broken !== null) {
    out(`broken: row ${broken.seq} ${broken.reason}`);
    return exitCodes.badNews;
  }
  const parts = [`${verifier?.rows ?? 0} rows`];
  if (verifier?.pruned > 0) parts.push(`after ${verifier.pruned} that were pruned and are known by their signed ends`);
  parts.push(
    checkpoints.length > 0 ? `${checkpoints.length} signed checkpoints` : "no checkpoint to compare with (the end could have been cut off)",
  );
  out(`intact: ${parts.join(", ")}`);
  return exitCodes.ok;
}

/** What was pruned, then the rows that are there. */
async function* remoteLines(client) {
  yield* (await client.json("/api/v1/audit/segments")).items;
  for (let after = 0; ;) {
    const { items } = await client.json(`/api/v1/audit/records?after=${after}&limit=${pageRows}`);
    yield* items;
    if (items.length < pageRows) return;
    after = items.at(-1).seq;
  }
}

function* fileLines(path) {
  for (const line of readFileSync(path, "utf8").split("\n")) if (line.trim() !== "") yield JSON.parse(line);
}

async function exportRecords(client, write) {
  for await (const line of remoteLines(client)) await write(`${JSON.stringify(line)}\n`);
  return exitCodes.ok;
}
