const finalStates = new Set(["completed", "failed", "held", "cancelled"]);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls an ingestion until it ends; `progress` gets a line whenever something moved. */
export async function watchIngestion(client, id, progress, { pollMs = 400 } = {}) {
  let last = "";
  for (;;) {
    const view = await client.json(`/api/v1/ingestions/${encodeURIComponent(id)}`);
    if (finalStates.has(view.status)) return view;
    const line = describeProgress(view);
    if (line !== last) progress(line);
    last = line;
    await pause(pollMs);
  }
}

function describeProgress(view) {
  const running = view.syncs.filter((sync) => sync.status !== "succeeded" && sync.phase);
  const parts = running.map((sync) => `${sync.sourceName}: ${sync.phase}${sync.total ? ` ${sync.done} of ${sync.total}` : ""}`);
  return parts.length > 0 ? parts.join("; ") : view.status;
}

/** What came of it, for people. */
export function describeOutcome(view) {
  const lines = [`${view.status}${view.error ? `: ${view.error}` : ""}`];
  for (const sync of view.syncs) {
    const { counts } = sync;
    const changes =
      counts === null
        ? sync.status
        : `${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.removed} removed`;
    lines.push(`${sync.sourceName} (${sync.connector}, as of ${sync.asOf}): ${changes}`);
    const totals = Object.entries(sync.totals).map(([name, count]) => `${count} ${name}`);
    if (totals.length > 0) lines.push(`  read ${totals.join(", ")}`);
    for (const note of sync.notes) lines.push(`  note: ${note}`);
    for (const { where, message } of sync.rejected) lines.push(`  rejected ${where}: ${message}`);
    if (sync.rejectedTotal > sync.rejected.length) lines.push(`  and ${sync.rejectedTotal - sync.rejected.length} more rejected`);
  }
  return lines;
}
