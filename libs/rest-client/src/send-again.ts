const attempts = 4;
const patience: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const longestWaitMs = 30_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits as long as the answer asks for, else longer each time. */
function waitMs(response: Response | null, attempt: number): number {
  const seconds = Number(response?.headers.get("retry-after"));
  return seconds > 0 ? Math.min(seconds * 1000, longestWaitMs) : 250 * 2 ** attempt;
}

export async function sendAgain(request: Request, send: (request: Request) => Promise<Response>): Promise<Response> {
  const mayRepeat = request.method === "GET" || request.headers.has("idempotency-key");
  for (let attempt = 1; ; attempt += 1) {
    const isLast = !mayRepeat || attempt === attempts;
    let response: Response | null = null;
    try {
      // A body can be read once only.
      response = await send(isLast ? request : request.clone());
    } catch (error) {
      if (isLast) throw error;
    }
    if (response !== null && (isLast || !patience.has(response.status))) return response;
    await response?.body?.cancel();
    await pause(waitMs(response, attempt));
  }
}
