import type { TableMapping } from "@rollcall/nhi-model";
import type { Ingestion } from "@/api/views.ts";

interface Given {
  readonly asOf: string | null;
  readonly account: string | null;
  readonly mapping: TableMapping | null;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
}

/** Sends files as one import. The answer comes when they are read; merging goes on behind it. */
export async function sendFiles(files: readonly File[], { asOf, account, mapping }: Given): Promise<Ingestion> {
  const body = new FormData();
  if (asOf) body.append("asOf", asOf);
  if (account) body.append("account", account);
  if (mapping) body.append("mapping", JSON.stringify(mapping));
  for (const file of files) body.append("modifiedAt", new Date(file.lastModified).toISOString());
  for (const file of files) body.append("file", file, file.name);
  const response = await fetch("/api/v1/ingestions", { method: "POST", body, headers: { "idempotency-key": crypto.randomUUID() } });
  if (response.ok) return (await response.json()) as Ingestion;
  const problem = (await response.json().catch(() => ({}))) as Problem;
  throw new Error(problem.detail ?? problem.title ?? `The server refused the files (${response.status}).`);
}
