import { AppError } from "@rollcall/platform";

const limitMs = 10 * 60_000;

export interface LoadDemoInput {
  readonly apiUrl: string;
  readonly token: string;
  readonly note: (text: string) => void;
}

/** Asks for the demo organisation and waits until it is in. Does nothing when it is there already. */
export async function loadDemo({ apiUrl, token, note }: LoadDemoInput): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const posture = await fetch(`${apiUrl}/api/v1/posture`, { headers, signal: AbortSignal.timeout(60_000) });
  const { demo, identities } = (await posture.json()) as { demo?: boolean; identities?: number };
  if (demo === true) return note("is there already");
  if ((identities ?? 0) > 0) return note("left out: the inventory is not empty");
  const response = await fetch(`${apiUrl}/api/v1/demo`, { method: "POST", headers, signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new AppError("unavailable", `the demo organisation was refused (status ${response.status})`);
  const { ingestionId } = (await response.json()) as { ingestionId: string };
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${apiUrl}/api/v1/ingestions/${ingestionId}`, { headers, signal: AbortSignal.timeout(30_000) });
    const { status, error } = (await answer.json()) as { status: string; error: string | null };
    if (status === "completed") return;
    if (status === "failed" || status === "cancelled" || status === "held") {
      throw new AppError(
        "internal",
        `the demo organisation could not be loaded: ${error ?? status} (logs/worker.log in the data folder says more)`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new AppError("unavailable", "the demo organisation is still loading; open the page and watch it there");
}
