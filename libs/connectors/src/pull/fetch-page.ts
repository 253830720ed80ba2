import { AppError, safeFetch, type SafeResponse } from "@rollcall/platform";
import type { ExportRequest } from "@rollcall/posture-pipeline";
import { redactText } from "../input/redact-text.ts";
import type { FetchDeps } from "./limits.ts";
import { readPage, type Page } from "./read-page.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Why a page did not come. */
export interface Miss {
  readonly note: string;
  readonly missingPermission: string | null;
  readonly retryAfterMillis: number | null;
}

export interface PageRun {
  readonly deps: FetchDeps;
  readonly request: ExportRequest;
  readonly signal: AbortSignal;
  readonly onWait: (why: string) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** How much of the run's bytes is left. */
  readonly room: number;
}

type Answer = { readonly page: Page } | { readonly miss: Miss; readonly again: boolean };

const missOf = (note: string): Miss => ({ note, missingPermission: null, retryAfterMillis: null });

/** Asks for one page until it comes, is refused, or was asked for often enough. */
export async function fetchPage(url: string, run: PageRun): Promise<Page | Miss> {
  const { limits, now, random, sleep } = run.deps;
  let miss = missOf("It was not asked");
  for (let attempt = 1; attempt <= limits.attempts; attempt += 1) {
    const answer = await ask(url, run);
    if ("page" in answer) return answer.page;
    miss = answer.miss;
    if (!answer.again || attempt === limits.attempts) return miss;
    const asked = miss.retryAfterMillis;
    const pause = asked === null ? limits.firstPauseMillis * 2 ** (attempt - 1) * (0.5 + random() / 2) : asked + random() * 500;
    if (asked !== null && asked > limits.longestWaitMillis)
      return { ...miss, note: `${miss.note} and to come back in ${Math.ceil(asked / 60_000)} min` };
    if (now() + pause > run.deadline) return { ...miss, note: `${miss.note}, and the run has taken its time` };
    await run.onWait(`${miss.note}; asking again in ${Math.max(1, Math.round(pause / 1_000))} s`);
    await sleep(pause, run.signal);
  }
  return miss;
}

async function ask(url: string, { deps, request, signal, room }: PageRun): Promise<Answer> {
  try {
    const response = await safeFetch(url, {
      privateHosts: deps.privateHosts,
      timeoutMillis: deps.limits.timeoutMillis,
      maxBytes: room,
      headers: { accept: "application/json, application/x-ndjson, */*;q=0.5", ...request.headers },
      signal,
    });
    if (response.status !== 200) return refusalOf(response, { now: deps.now(), secrets: request.secrets });
    const page = readPage({ ...response, body: withoutSecrets(response.body, request.secrets) }, request.paging);
    return typeof page === "string" ? { miss: missOf(page), again: true } : { page };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const note = error.code === "too_large" ? "response too large" : error.message;
    return { miss: missOf(note), again: error.code === "unavailable" };
  }
}

/** Never the text of the answer: it may repeat what was sent. */
function refusalOf(
  { status, headers }: SafeResponse,
  { now, secrets }: { readonly now: number; readonly secrets: readonly string[] },
): Answer {
  const retryAfterMillis = waitOf(headers, now);
  const limited = status === 429 || (status === 403 && (retryAfterMillis !== null || headers["x-ratelimit-remaining"] === "0"));
  if (limited) return { miss: { ...missOf(`The other side asks to slow down (${status})`), retryAfterMillis }, again: true };
  if (status === 401) return { miss: missOf("The credential is not accepted (401)"), again: false };
  if (status === 403 || status === 404) return { miss: deniedOf(status, headers, secrets), again: false };
  if (status >= 300 && status < 400) return { miss: missOf(`It sends elsewhere (${status}), which is not followed`), again: false };
  return { miss: { ...missOf(`The other side answered ${status}`), retryAfterMillis }, again: status >= 500 || status === 408 };
}

function deniedOf(status: number, headers: SafeResponse["headers"], secrets: readonly string[]): Miss {
  const needs = headers["x-accepted-github-permissions"] ?? headers["x-accepted-oauth-scopes"];
  const missingPermission =
    typeof needs === "string" && needs !== ""
      ? redactText(Buffer.from(withoutSecrets(Buffer.from(needs), secrets)).toString()).slice(0, 200)
      : null;
  return { ...missOf(`The credential may not read this, or there is nothing (${status})`), missingPermission };
}

/** Seconds or a date (RFC 9110), or the moment at which GitHub gives more. */
function waitOf(headers: SafeResponse["headers"], now: number): number | null {
  const after = headers["retry-after"];
  if (typeof after === "string") {
    const millis = /^\d{1,9}$/.test(after.trim()) ? Number(after) * 1_000 : Date.parse(after) - now;
    if (Number.isFinite(millis)) return Math.max(0, millis);
  }
  const reset = headers["x-ratelimit-reset"];
  if (headers["x-ratelimit-remaining"] === "0" && typeof reset === "string" && /^\d{1,12}$/.test(reset))
    return Math.max(0, Number(reset) * 1_000 - now);
  return null;
}
