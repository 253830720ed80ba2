import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from "jose";

/** An issuer of job tokens on loopback: what a CI service is to us. Keys can be rotated, and the whole of it can be down. */
export class TokenIssuer {
  readonly url: string;
  readonly #server: Server;
  #published: JWK[] = [];
  #signing: { readonly key: CryptoKey; readonly kid: string } | null = null;
  /** How often keys were asked for. */
  asked = 0;
  down = false;
  /** What the discovery document says, when it should lie. */
  says: string | null = null;

  private constructor(url: string, server: Server) {
    this.url = url;
    this.#server = server;
  }

  static async start(): Promise<TokenIssuer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const issuer = new TokenIssuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    await issuer.rotate("first");
    server.on("request", (request, response) => {
      if (issuer.down) return void response.writeHead(503).end();
      if (request.url === "/.well-known/openid-configuration")
        return void response.end(JSON.stringify({ issuer: issuer.says ?? issuer.url, jwks_uri: `${issuer.url}/keys` }));
      issuer.asked += 1;
      return void response.end(JSON.stringify({ keys: issuer.#published }));
    });
    return issuer;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  /** Signs with a new key from now on, and publishes only that. */
  async rotate(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    this.#published = [{ ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" }];
    this.#signing = { key: privateKey, kid };
  }

  get publicKey(): JWK {
    return this.#published[0]!;
  }

  async token(
    claims: JWTPayload,
    options: { readonly at?: Date; readonly minutes?: number; readonly kid?: string; readonly issuer?: string } = {},
  ): Promise<string> {
    const at = Math.floor((options.at ?? new Date()).getTime() / 1_000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: options.kid ?? this.#signing!.kid })
      .setIssuer(options.issuer ?? this.url)
      .setIssuedAt(at)
      .setExpirationTime(at + (options.minutes ?? 5) * 60)
      .sign(this.#signing!.key);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
