import { lookup as resolve } from "node:dns";
import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AppError } from "../app-error.ts";
import { isPublicAddress } from "./public-address.ts";

export interface SafeFetchOptions {
  /** `host` or `host:port` on networks of our own, named by the operator: what else is not on the internet is refused. */
  readonly privateHosts: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with POST; without it, GET. */
  readonly json?: object;
  /** For the whole exchange, body included. */
  readonly timeoutMillis: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export interface SafeResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const refused = (host: string): AppError =>
  new AppError("forbidden", `${host} is not an address of the public internet. The operator can allow it with ROLLCALL_PRIVATE_HOSTS`);

/**
 * GET (or POST) of an address that a person of ours named. The address is judged after its name was resolved and by the very connection that is made, so that
 * a name cannot mean something else a moment later. No redirect is followed: a 3xx is an answer like any other. Only https, unless the
 * operator named the host.
 */
export async function safeFetch(address: string, options: SafeFetchOptions): Promise<SafeResponse> {
  const { url, known } = assertCallable(address, options.privateHosts);
  const timeout = AbortSignal.timeout(options.timeoutMillis);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const response = await send(url, { ...options, signal, lookup: known ? undefined : publicLookup });
    return { status: response.statusCode ?? 0, headers: response.headers, body: await readBody(response, options.maxBytes) };
  } catch (error) {
    throw asFetchError(error, url.host, { timedOut: timeout.aborted });
  }
}

/** What can be said of an address before its name is resolved. `known`: the operator named its host. Throws when it is never called. */
export function assertCallable(address: string, privateHosts: readonly string[]): { readonly url: URL; readonly known: boolean } {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new AppError("invalid_input", "The address is not an https address");
  if (url.username !== "" || url.password !== "") throw new AppError("invalid_input", "The address must not carry a user or a password");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const known = privateHosts.some((name) => name.toLowerCase() === host || name.toLowerCase() === url.host);
  if (!known && url.protocol !== "https:") throw new AppError("invalid_input", `The address of ${url.host} must begin with https`);
  if (!known && isIP(host) !== 0 && !isPublicAddress(host)) throw refused(host);
  return { url, known };
}

/** Resolves a name and refuses it whole when one of its addresses is not public. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) callback(error ?? new Error(`${hostname} has no address`), "", 0);
    else if (!addresses.every((one) => isPublicAddress(one.address))) callback(refused(hostname), "", 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function send(
  url: URL,
  options: SafeFetchOptions & { readonly signal: AbortSignal; readonly lookup: LookupFunction | undefined },
): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const body = options.json === undefined ? null : Buffer.from(JSON.stringify(options.json));
  const bodyHeaders = body === null ? {} : { "content-type": "application/json", "content-length": body.length };
  return new Promise((answered, failed) => {
    const outgoing = request(url, {
      method: body === null ? "GET" : "POST",
      headers: { accept: "application/json", "user-agent": "Rollcall", ...options.headers, ...bodyHeaders, "accept-encoding": "identity" },
      signal: options.signal,
      agent: false,
      maxHeaderSize: 32 * 1024,
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    });
    outgoing.once("response", answered);
    outgoing.once("error", failed);
    outgoing.end(body ?? undefined);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw new AppError("too_large", "The answer is larger than is read");
    }
    chunks.push(chunk);
  }
  // A connection that breaks in the middle of a body ends the stream early in some cases without an error.
  if (!response.complete) throw new AppError("unavailable", "The answer was cut off");
  return Buffer.concat(chunks);
}

function asFetchError(error: unknown, host: string, { timedOut }: { readonly timedOut: boolean }): AppError {
  if (error instanceof AppError) return error;
  const detail = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  return timedOut
    ? new AppError("unavailable", `${host} did not answer in time`, { detail, cause: error })
    : new AppError("unavailable", `${host} could not be reached`, { detail, cause: error });
}
