import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface ProviderPerson {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/** Somebody else who signs people in at the same provider. */
export const otherClientId = "somebody-else";

/** A real OpenID Connect provider on loopback, with a login page that believes every password. */
export class IdentityProvider {
  readonly issuer: string;
  readonly #server: Server;
  readonly people = new Map<string, ProviderPerson>();
  readonly clientId = "rollcall";
  readonly clientSecret = "only-for-this-test";
  readonly #redirectUri: string;
  /** What the provider answers to a code, turned into something else. */
  alterTokens: ((tokens: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>) | null = null;

  private constructor(issuer: string, server: Server, redirectUri: string) {
    this.issuer = issuer;
    this.#redirectUri = redirectUri;
    this.#server = server;
  }

  static async start(redirectUri: string): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const idp = new IdentityProvider(issuer, server, redirectUri);
    const provider = new Provider(issuer, {
      clients: [idp.clientId, otherClientId].map((client_id) => ({
        client_id,
        client_secret: idp.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      })),
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      cookies: { keys: ["only-for-this-test"] },
      findAccount: (_context: unknown, sub: string) => {
        const person = idp.people.get(sub);
        return person === undefined
          ? undefined
          : { accountId: sub, claims: () => ({ sub, email: person.email, email_verified: person.emailVerified, name: person.name }) };
      },
    });
    provider.use(async (context: { path: string; body: Readonly<Record<string, unknown>> }, next: () => Promise<void>) => {
      await next();
      if (context.path === "/token" && idp.alterTokens !== null) context.body = idp.alterTokens(context.body);
    });
    const answer = provider.callback();
    server.on("request", (request, response) => void answer(request, response));
    return idp;
  }

  /** Goes through login and consent as `sub` and answers with the address that the provider sends the browser back to. */
  async signIn(authorizationUrl: string, sub: string): Promise<string> {
    const cookies = new Map<string, string>();
    let next: { url: string; body?: string } = { url: authorizationUrl };
    for (let step = 0; step < 12; step += 1) {
      const response = await fetch(next.url, {
        redirect: "manual",
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
          ...(next.body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        },
        ...(next.body === undefined ? {} : { method: "POST", body: next.body }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = "", value = ""] = line.split(";")[0]!.split("=");
        cookies.set(name, value);
      }
      const location = response.headers.get("location");
      if (location === null) next = { url: next.url, body: formOf(await response.text(), sub) };
      else {
        const target = new URL(location, next.url);
        if (target.origin !== this.issuer) return target.href;
        next = { url: target.href };
      }
    }
    throw new Error("the provider asked for more than login and consent");
  }

  /** A token that says who `sub` is, as any client of the provider gets it in a sign-in of its own. */
  async idTokenFor(sub: string, clientId: string = this.clientId): Promise<string> {
    const verifier = "v".repeat(43);
    const asked = new URLSearchParams({
      client_id: clientId,
      redirect_uri: this.#redirectUri,
      response_type: "code",
      scope: "openid email profile",
      state: "own",
      nonce: "own",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    const back = new URL(await this.signIn(`${this.issuer}/auth?${asked.toString()}`, sub));
    const response = await fetch(`${this.issuer}/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${this.clientSecret}`).toString("base64")}` },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: back.searchParams.get("code") ?? "",
        redirect_uri: this.#redirectUri,
        code_verifier: verifier,
      }),
    });
    const { id_token } = (await response.json()) as { readonly id_token?: string };
    if (id_token === undefined) throw new Error("the provider gave no ID token");
    return id_token;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function formOf(html: string, sub: string): string {
  const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1];
  if (prompt === "login") return `prompt=login&login=${encodeURIComponent(sub)}&password=any`;
  if (prompt === "consent") return "prompt=consent";
  throw new Error(`the provider shows something else: ${html.slice(0, 200)}`);
}
