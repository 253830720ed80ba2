import { exitCodes, usageError } from "./exit-codes.mjs";
import { describeOutcome, watchIngestion } from "./watch-ingestion.mjs";

export async function demo({ client, action, out, progress }) {
  if (action === "load") return load(client, out, progress);
  if (action === "remove") {
    const { identities } = await client.json("/api/v1/demo", { method: "DELETE" });
    out(`demo organisation removed (${identities} identities)`);
    return exitCodes.ok;
  }
  throw usageError(action === undefined ? "demo needs load or remove." : `demo ${action} is not known; it is load or remove.`);
}

async function load(client, out, progress) {
  const { ingestionId } = await client.json("/api/v1/demo", { method: "POST" });
  const view = await watchIngestion(client, ingestionId, progress);
  out(view.status === "completed" ? "demo organisation loaded" : describeOutcome(view).join("\n"));
  return view.status === "completed" ? exitCodes.ok : exitCodes.badNews;
}
