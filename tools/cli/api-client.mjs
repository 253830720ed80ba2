import { CliError, exitCodes } from "./exit-codes.mjs";

const retriedStatuses = new Set([429, 502, 503, 504]);
const attempts = 4;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** `send(path, init)` answers with a 2xx response or throws a CliError. `makeBody` is called per attempt: a stream can be sent once only. */
export function createClient({ url, token }, { pauseMs = 500, timeoutMs = 300_000 } = {}) {
  async function send(path, { method = "GET", headers = {}, makeBody, canRepeat = method === "GET" } = {}) {
    let last;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      let response;
      try {
        const sent = makeBody === undefined ? {} : { body: await makeBody() };
        const allHeaders = { authorization: `Bearer ${token}`, accept: "application/json", ...headers };
        response = await fetch(`${url}${path}`, {
          method,
          headers: allHeaders,
          ...sent,
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMs),
        });
      } catch (error) {
        last = new CliError(exitCodes.unreachable, `could not reach ${url}: ${reasonOf(error)}`);
        if (!canRepeat || error.name === "TimeoutError") throw last;
      }
      if (response?.ok) return response;
      if (response !== undefined) {
        last = await refusal(response);
        if (!canRepeat || !retriedStatuses.has(response.status)) throw last;
      }
      if (attempt < attempts) await pause(waitMs(response, attempt, pauseMs));
    }
    throw last;
  }
  return { url, send, json: async (path, init) => (await send(path, init)).json() };
}

function waitMs(response, attempt, pauseMs) {
  const seconds = Number(response?.headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 30) * 1000 : pauseMs * 2 ** (attempt - 1);
}

async function refusal(response) {
  const text = await response.text().catch(() => "");
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // Not from Rollcall itself, e.g. a proxy's page.
  }
  const detail = problem.detail ?? problem.title ?? `status ${response.status}`;
  const hint = response.status === 401 ? " Check ROLLCALL_TOKEN." : "";
  const id = problem.requestId === undefined || response.status < 500 ? "" : ` (request ${problem.requestId})`;
  return Object.assign(new CliError(exitCodes.unreachable, `refused: ${detail}${/[.!?]$/.test(detail) ? "" : "."}${hint}${id}`), {
    status: response.status,
  });
}

function reasonOf(error) {
  if (error.name === "TimeoutError") return "no answer in time";
  const code = error.cause?.code ?? error.cause?.errors?.[0]?.code;
  const words = {
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "no such host",
    ECONNRESET: "the connection was cut",
    CERT_HAS_EXPIRED: "its certificate has expired",
  };
  return words[code] ?? error.cause?.message ?? error.message;
}
