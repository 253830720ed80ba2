const finalStates = new Set(["completed", "failed", "held", "cancelled"]);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls an ingestion until it ends; `progress` gets a line whenever something moved, and the state it is in. */
export async function watchIngestion(client, id, progress, { pollMs = 400 } = {}) {
  let last = "";
  for (;;) {
    const view = await client.json(`/api/v1/ingestions/${encodeURIComponent(id)}`);
    if (finalStates.has(view.status)) return view;
    const line = describeProgress(view);
    if (line !== last) progress(line, withoutCounts(line));
    last = line;
    await pause(pollMs);
  }
}

const ended = new Set(["completed", "failed", "cancelled", "held"]);

const withoutCounts = (line) => line.replaceAll(/ \d+ of \d+/g, "");

/** What is being worked on, and how much is before and behind it: a large upload has dozens of sources. */
export function describeProgress(view) {
  const done = view.syncs.filter((sync) => ended.has(sync.status)).length;
  const running = view.syncs.filter((sync) => !ended.has(sync.status));
  if (running.length === 0) return done > 0 ? `${done} read` : view.status;
  // One analysis serves all that were stored before it; until then they wait with what they have.
  const waiting = running.filter(({ phase }) => phase === "analysing");
  const now = running.find(({ phase, status }) => phase !== "analysing" && status === "running") ?? waiting[0] ?? running[0];
  const queued = running.length - waiting.length - (waiting.includes(now) ? 0 : 1);
  const of = now.total ? ` ${now.done} of ${now.total}` : "";
  const parts = [
    ...(done > 0 ? [`${done} read`] : []),
    waiting.length > 1 && waiting.includes(now) ? `analysing${of} identities` : `${now.sourceName}: ${now.phase}${of}`,
    ...(waiting.length > 0 && !waiting.includes(now) ? [`${waiting.length} wait for the analysis`] : []),
    ...(queued > 0 ? [`${queued} more to come`] : []),
  ];
  return parts.join("; ");
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
