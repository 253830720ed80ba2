import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError, exitCodes, usageError } from "../exit-codes.mjs";
import { readCheckpoints } from "./read-checkpoints.mjs";
import { ChainVerifier } from "./verify-chain.mjs";

/** As safety auditors expect them: 0 intact, 1 broken, 2 could not be checked. */
const cannotCheck = 2;
const pageRows = 1000;

/** `audit verify` recomputes the chain; `audit export` prints it as lines of JSON, for keeping or verifying elsewhere. */
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
  const path = options["from-checkpoint"] ?? (existsSync(own) ? own : undefined);
  const all = path === undefined ? [] : readCheckpoints(path, options["public-key"]);
  const rows = options.file === undefined ? remoteRows(client) : fileRows(options.file);
  let verifier = null;
  let checkpoints = [];
  for await (const row of rows) {
    // One file may hold the checkpoints of several workspaces; the log itself says whose it is.
    if (verifier === null) {
      checkpoints = all.filter(({ workspaceId }) => workspaceId === row.workspaceId);
      verifier = new ChainVerifier(checkpoints);
    }
    if (!verifier.add(row)) break;
  }
  if (verifier === null && all.length > 0) verifier = new ChainVerifier((checkpoints = all));
  const broken = verifier?.finish() ?? null;
  if (broken !== null) {
    out(`broken: row ${broken.seq} ${broken.reason}`);
    return exitCodes.badNews;
  }
  out(
    `intact: ${verifier?.rows ?? 0} rows${checkpoints.length > 0 ? `, ${checkpoints.length} signed checkpoints` : ", no checkpoint to compare with (the end could have been cut off)"}`,
  );
  return exitCodes.ok;
}

async function* remoteRows(client) {
  for (let after = 0; ;) {
    const { items } = await client.json(`/api/v1/audit/records?after=${after}&limit=${pageRows}`);
    yield* items;
    if (items.length < pageRows) return;
    after = items.at(-1).seq;
  }
}

function* fileRows(path) {
  for (const line of readFileSync(path, "utf8").split("\n")) if (line.trim() !== "") yield JSON.parse(line);
}

async function exportRecords(client, write) {
  for await (const row of remoteRows(client)) await write(`${JSON.stringify(row)}\n`);
  return exitCodes.ok;
}
