import { AppError } from "@rollcall/platform";
import { readToken } from "./instance-file.ts";

const limitMs = 10 * 60_000;

/** Asks for the demo organisation and waits until it is in. Does nothing when it is there already. */
export async function loadDemo(apiUrl: string, dataDir: string, note: (text: string) => void): Promise<void> {
  const headers = { authorization: `Bearer ${readToken(dataDir) ?? ""}` };
  const response = await fetch(`${apiUrl}/api/v1/demo`, { method: "POST", headers, signal: AbortSignal.timeout(60_000) });
  if (response.status === 409) return note("is there already");
  if (!response.ok) throw new AppError("unavailable", `the demo organisation was refused (status ${response.status})`);
  const { id } = (await response.json()) as { id: string };
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${apiUrl}/api/v1/ingestions/${encodeURIComponent(id)}`, { headers, signal: AbortSignal.timeout(30_000) });
    const { status } = (await answer.json()) as { status: string };
    if (status === "completed") return;
    if (status === "failed" || status === "cancelled")
      throw new AppError("internal", "the demo organisation could not be loaded; logs/worker.log in the data folder says why");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new AppError("unavailable", "the demo organisation is still loading; open the page and watch it there");
}
