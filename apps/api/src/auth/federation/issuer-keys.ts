import { createLocalJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { AppError, safeFetch } from "@rollcall/platform";

export interface IssuerKeysOptions {
  readonly privateHosts: readonly string[];
  readonly now: () => number;
}

interface Entry {
  readonly fetchedAt: number;
  readonly keys: Promise<JWTVerifyGetKey>;
}

const freshMillis = 10 * 60_000;
/** An unknown key id makes us look again, but not more often than this: whoever invents key ids must not make us call out each time. */
const againMillis = 30_000;
const issuersKept = 200;
const limits = { timeoutMillis: 5_000, maxBytes: 256 * 1024 } as const;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string().max(2_048) });
const keySet = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(100),
});

/** Public keys of issuers, by OpenID Connect discovery, kept for ten minutes. One call under way per issuer, also when it fails. */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  async keysOf(issuer: string, { again = false } = {}): Promise<JWTVerifyGetKey> {
    const known = this.#entries.get(issuer);
    const age = known === undefined ? Number.POSITIVE_INFINITY : this.#options.now() - known.fetchedAt;
    if (known !== undefined && age < (again ? againMillis : freshMillis)) return known.keys;
    const keys = this.#read(issuer);
    // A failure is forgotten soon, not at once: an issuer that is down is not asked by every request.
    keys.catch(() => {
      const entry = this.#entries.get(issuer);
      if (entry?.keys === keys) this.#entries.set(issuer, { keys, fetchedAt: entry.fetchedAt - freshMillis + againMillis });
    });
    this.#entries.delete(issuer);
    this.#entries.set(issuer, { keys, fetchedAt: this.#options.now() });
    const oldest = this.#entries.size > issuersKept ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
    return keys;
  }

  async #read(issuer: string): Promise<JWTVerifyGetKey> {
    const document = discovery.safeParse(await this.#json(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`));
    if (!document.success || document.data.issuer !== issuer)
      throw new AppError("unavailable", "The issuer does not publish the configuration of an OpenID Connect provider", { detail: issuer });
    const keys = keySet.safeParse(await this.#json(document.data.jwks_uri));
    if (!keys.success) throw new AppError("unavailable", "The issuer publishes no keys", { detail: issuer });
    return createLocalJWKSet(keys.data);
  }

  async #json(address: string): Promise<unknown> {
    const { status, body } = await safeFetch(address, { ...limits, privateHosts: this.#options.privateHosts });
    if (status !== 200) throw new AppError("unavailable", "The issuer did not answer", { detail: `${address} answered ${status}` });
    try {
      return JSON.parse(new TextDecoder().decode(body));
    } catch (error) {
      throw new AppError("unavailable", "The issuer did not answer with JSON", { detail: address, cause: error });
    }
  }
}
