import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface TransitRequest {
  readonly plaintext?: string;
  readonly ciphertext?: string;
  readonly associated_data?: string;
}

/** A transit engine as small as can be: keys in versions, AES-256-GCM, tokens with the verbs they may use, and the answers of Vault. */
export class TransitServer {
  readonly tokens = new Map<string, readonly string[]>();
  readonly bodies: string[] = [];
  sealed = false;
  silent = false;
  address = "";
  readonly #server: Server;
  readonly #versions = [randomBytes(32)];

  private constructor() {
    this.#server = createServer((request, response) => void this.#respond(request, response));
  }

  static async start(): Promise<TransitServer> {
    const transit = new TransitServer();
    await new Promise<void>((done) => transit.#server.listen(0, "127.0.0.1", done));
    transit.address = `http://127.0.0.1:${(transit.#server.address() as AddressInfo).port}`;
    return transit;
  }

  rotate(): void {
    this.#versions.push(randomBytes(32));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.#answer(request);
    if (!this.silent) response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
    const text = Buffer.concat(await request.toArray()).toString();
    this.bodies.push(text);
    const refusal = (status: number, why: string) => ({ status, body: { errors: [why] } });
    const [, mount, verb, key] = /^\/v1\/(\w+)\/(encrypt|decrypt)\/(\w+)$/.exec(request.url ?? "") ?? [];
    if (this.sealed) return refusal(503, "Vault is sealed");
    if (request.method !== "POST" || mount !== "transit" || verb === undefined) return refusal(404, "no handler for route");
    if (!this.tokens.get(String(request.headers["x-vault-token"]))?.includes(verb)) return refusal(403, "permission denied");
    if (key !== "rollcall") return refusal(400, "encryption key not found");
    const input = JSON.parse(text) as TransitRequest;
    try {
      return { status: 200, body: { data: verb === "encrypt" ? this.#encrypt(input) : this.#decrypt(input) } };
    } catch {
      return refusal(400, "invalid ciphertext: unable to decrypt");
    }
  }

  #encrypt({ plaintext = "", associated_data = "" }: TransitRequest): object {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#versions.at(-1)!, iv).setAAD(Buffer.from(associated_data, "base64"));
    const body = Buffer.concat([iv, cipher.update(Buffer.from(plaintext, "base64")), cipher.final(), cipher.getAuthTag()]);
    return { ciphertext: `vault:v${this.#versions.length}:${body.toString("base64")}`, key_version: this.#versions.length };
  }

  #decrypt({ ciphertext = "", associated_data = "" }: TransitRequest): object {
    const [, version, base64 = ""] = /^vault:v(\d+):(.+)$/.exec(ciphertext) ?? [];
    const body = Buffer.from(base64, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#versions[Number(version) - 1]!, body.subarray(0, 12));
    decipher.setAAD(Buffer.from(associated_data, "base64")).setAuthTag(body.subarray(-16));
    return { plaintext: Buffer.concat([decipher.update(body.subarray(12, -16)), decipher.final()]).toString("base64") };
  }
}
