import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { testDatabase, testRootKey, type TestDatabase } from "@rollcall/persistence/testing";
import { createLogger, mintApiKey } from "@rollcall/platform";
import type { ApiKeyScope } from "@rollcall/posture-pipeline";
import type { WorkspaceRole } from "@rollcall/nhi-model";
import type { ApiParts } from "../api-parts.ts";
import { issueSignInLink } from "../auth/issue-sign-in-link.ts";
import type { SingleSignOn } from "../auth/single-sign-on.ts";
import { buildApp } from "../build-app.ts";
import { compose } from "../compose.ts";

export const testOrigin = "http://localhost:4700";

/** A clock that the test moves. */
export class MovableClock {
  #offsetMillis = 0;
  now(): Date {
    return new Date(Date.now() + this.#offsetMillis);
  }
  forwardMinutes(minutes: number): void {
    this.#offsetMillis += minutes * 60_000;
  }
}

/** The real application over a database of its own. */
export class ApiUnderTest {
  readonly app: FastifyInstance;
  readonly parts: ApiParts;
  readonly clock: MovableClock;
  readonly database: TestDatabase;

  private constructor(made: { app: FastifyInstance; parts: ApiParts; clock: MovableClock; database: TestDatabase }) {
    this.app = made.app;
    this.parts = made.parts;
    this.clock = made.clock;
    this.database = made.database;
  }

  static async start(
    dashboardUrl: string | null = null,
    sso: SingleSignOn | null = null,
    privateHosts: readonly string[] = [],
  ): Promise<ApiUnderTest> {
    const database = await testDatabase();
    const clock = new MovableClock();
    const parts = compose(
      {
        databaseUrl: database.ownerUrl,
        rootKey: testRootKey,
        host: "127.0.0.1",
        port: 4700,
        origin: testOrigin,
        dashboardUrl,
        landingPage: "/welcome",
        sso,
        privateHosts,
      },
      { clock, logger: createLogger("test", { level: process.env["TEST_LOG"] ?? "silent" }) },
    );
    const app = await buildApp(parts);
    await app.ready();
    return new ApiUnderTest({ app, parts, clock, database });
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.parts.close();
    await this.database.drop();
  }

  /** The operator's link opened in a fresh browser: the first admin. */
  async admin(): Promise<Browser> {
    const { url } = await issueSignInLink(this.parts.services);
    return this.openLink(url);
  }

  async openLink(url: string, cookie?: string): Promise<Browser> {
    const browser = new Browser(this.app, cookie);
    await browser.get(pathOf(url));
    return browser;
  }

  async invite(admin: Browser, role: WorkspaceRole, email: string): Promise<Browser> {
    const { url } = await admin.mutate<{ url: string }>("settings.invitations.create", { role, email });
    return this.openLink(`${url}&join=1`);
  }

  async apiKey(
    scopes: readonly ApiKeyScope[],
    workspaceId: string,
    limits: { readonly expiresInMinutes?: number; readonly networks?: readonly string[]; readonly sources?: readonly string[] } = {},
  ): Promise<string> {
    const minted = mintApiKey("api");
    await this.parts.services.accounts.createApiKey(workspaceId, {
      keyId: minted.keyId,
      secretHash: this.parts.services.hashSecret(minted.secret),
      name: "test",
      scopes,
      networks: limits.networks ?? [],
      sources: limits.sources ?? [],
      createdBy: null,
      expiresAt: new Date(this.clock.now().getTime() + (limits.expiresInMinutes ?? 60) * 60_000).toISOString(),
    });
    return minted.key;
  }

  withKey(key: string, options: InjectOptions): Promise<LightMyRequestResponse> {
    return this.app.inject({ ...options, headers: { authorization: `Bearer ${key}`, ...options.headers } });
  }
}

export const pathOf = (url: string): string => url.slice(new URL(url).origin.length);

/** Keeps cookies and sends our Origin, as a browser on our page does. */
export class Browser {
  readonly #app: FastifyInstance;
  readonly #cookies = new Map<string, string>();
  last: LightMyRequestResponse | null = null;

  constructor(app: FastifyInstance, cookie?: string) {
    this.#app = app;
    for (const pair of cookie?.split("; ") ?? []) this.#keep(pair);
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async send(options: InjectOptions): Promise<LightMyRequestResponse> {
    const response = await this.#app.inject({
      ...options,
      headers: { origin: testOrigin, ...(this.#cookies.size > 0 ? { cookie: this.cookie } : {}), ...options.headers },
    });
    const set = response.headers["set-cookie"];
    for (const line of set === undefined ? [] : [set].flat()) this.#keep(line.split(";")[0] ?? "");
    this.last = response;
    return response;
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.send({ method: "GET", url });
  }

  queryRaw(path: string, input?: unknown): Promise<LightMyRequestResponse> {
    const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.get(`/trpc/${path}${query}`);
  }

  mutateRaw(path: string, input?: unknown, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.send({
      method: "POST",
      url: `/trpc/${path}`,
      headers: { "content-type": "application/json", ...headers },
      payload: JSON.stringify(input ?? null),
    });
  }

  async query<T>(path: string, input?: unknown): Promise<T> {
    return resultOf<T>(await this.queryRaw(path, input));
  }

  async mutate<T>(path: string, input?: unknown): Promise<T> {
    return resultOf<T>(await this.mutateRaw(path, input));
  }

  #keep(pair: string): void {
    const at = pair.indexOf("=");
    if (at < 0) return;
    const value = pair.slice(at + 1);
    if (value === "") this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), value);
  }
}

function resultOf<T>(response: LightMyRequestResponse): T {
  const body = response.json<{ result?: { data: T }; error?: unknown }>();
  if (body.result === undefined) throw new Error(`the procedure failed: ${response.statusCode} ${response.body}`);
  return body.result.data;
}
