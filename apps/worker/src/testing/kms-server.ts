import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface KmsRequest {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}
class Refusal extends Error {}

const ivBytes = 12;
const tagBytes = 16;

/** AWS KMS as small as can be: symmetric keys by alias, access keys with the actions they may use, and the answers of AWS. */
export class KmsServer {
  readonly allowed = new Map<string, readonly string[]>();
  readonly contexts: unknown[] = [];
  silent = false;
  address = "";
  readonly #server: Server;
  readonly #keys = new Map<string, Buffer>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#respond(request, response));
  }

  static async start(...aliases: readonly string[]): Promise<KmsServer> {
    const kms = new KmsServer();
    for (const alias of aliases) kms.#keys.set(alias, randomBytes(32));
    await new Promise<void>((done) => kms.#server.listen(0, "127.0.0.1", done));
    kms.address = `http://127.0.0.1:${(kms.#server.address() as AddressInfo).port}`;
    return kms;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.#answer(request);
    if (!this.silent) response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
    const input = JSON.parse(Buffer.concat(await request.toArray()).toString()) as KmsRequest;
    const action = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    const [, caller = ""] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    this.contexts.push(input.EncryptionContext);
    try {
      if (!this.allowed.get(caller)?.includes(action)) throw new Refusal(`AccessDeniedException|User: ${caller} may not kms:${action}`);
      return { status: 200, body: action === "Encrypt" ? this.#encrypt(input) : this.#decrypt(input) };
    } catch (error) {
      // AWS says nothing about a text that a key does not open.
      const [type, message] = (error instanceof Refusal ? error.message : "InvalidCiphertextException").split("|");
      return { status: 400, body: { __type: type, ...(message === undefined ? {} : { message }) } };
    }
  }

  #keyOf({ KeyId = "" }: KmsRequest): Buffer {
    const key = this.#keys.get(KeyId);
    if (key === undefined) throw new Refusal(`NotFoundException|Alias ${KeyId} is not found.`);
    return key;
  }

  #encrypt(input: KmsRequest): object {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#keyOf(input), iv).setAAD(contextOf(input));
    const body = Buffer.concat([cipher.update(Buffer.from(input.Plaintext ?? "", "base64")), cipher.final()]);
    return { CiphertextBlob: Buffer.concat([iv, body, cipher.getAuthTag()]).toString("base64"), KeyId: input.KeyId };
  }

  #decrypt(input: KmsRequest): object {
    const sealed = Buffer.from(input.CiphertextBlob ?? "", "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#keyOf(input), sealed.subarray(0, ivBytes));
    decipher.setAAD(contextOf(input)).setAuthTag(sealed.subarray(-tagBytes));
    const text = Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
    return { Plaintext: text.toString("base64"), KeyId: input.KeyId };
  }
}

const contextOf = ({ EncryptionContext = {} }: KmsRequest): Buffer => Buffer.from(JSON.stringify(Object.entries(EncryptionContext).sort()));
