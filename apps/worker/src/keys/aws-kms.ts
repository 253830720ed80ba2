import type { KMSClient } from "@aws-sdk/client-kms";
import { AppError } from "@rollcall/platform";
import type { KeyRingWrapper } from "./key-ring-wrapper.ts";
import { oneLine, secureAddress } from "./key-service.ts";

export interface AwsKmsOptions {
  /** Id, ARN or alias of a symmetric key. */
  readonly key: string;
  /** Where the key's ARN names none, and no AWS profile does. */
  readonly region?: string | undefined;
  /** AWS_ENDPOINT_URL_KMS, for an endpoint of one's own. */
  readonly endpoint?: string | undefined;
  readonly timeoutMillis?: number;
}

/** Bound to what is sealed, and written to AWS's log with every use. */
const context = { EncryptionContext: { purpose: "rollcall/connector-keys/v1" } };
const keyName = /^(?:arn:aws[\w-]*:kms:([a-z0-9-]+):\d{12}:(?:key|alias)\/[\w/-]+|alias\/[\w/-]+|(?:mrk-)?[0-9a-f-]{32,36})$/;

/**
 * AWS KMS. Who Rollcall is to AWS is found by the SDK, as for any program of AWS: variables, a profile, web identity, or the role of the container
 * or machine. Every failure is `unavailable`: that the keys cannot be had now says nothing about the credentials.
 */
export function awsKms(options: AwsKmsOptions): KeyRingWrapper {
  const [named, region = options.region] = keyName.exec(options.key) ?? [];
  if (named === undefined)
    throw new AppError("invalid_input", "CONNECTOR_KEY_KMS must be the id, the ARN or the alias (alias/...) of a key of AWS KMS");
  const { endpoint, timeoutMillis = 5_000 } = options;
  if (endpoint !== undefined) secureAddress(endpoint, "AWS_ENDPOINT_URL_KMS");
  const name = region === undefined ? "AWS KMS" : `AWS KMS in ${region}`;
  let client: KMSClient | undefined;
  /** The SDK is half a second of loading that only this choice pays. Both calls take one KeyId: a text that another key sealed is refused. */
  const call = async (verb: "Encrypt" | "Decrypt", bytes: Buffer): Promise<Uint8Array> => {
    const { KMSClient, EncryptCommand, DecryptCommand } = await import("@aws-sdk/client-kms");
    client ??= new KMSClient({
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
      maxAttempts: 2,
    });
    const until = { abortSignal: AbortSignal.timeout(timeoutMillis) };
    const asked = { KeyId: options.key, ...context };
    try {
      const answer =
        verb === "Encrypt"
          ? (await client.send(new EncryptCommand({ ...asked, Plaintext: bytes }), until)).CiphertextBlob
          : (await client.send(new DecryptCommand({ ...asked, CiphertextBlob: bytes }), until)).Plaintext;
      if (answer !== undefined) return answer;
    } catch (error) {
      // Without the cause: the SDK's errors carry the signed request.
      throw new AppError("unavailable", `${name} ${failed(verb, error)}`);
    }
    throw new AppError("unavailable", `${name} gives an answer to ${verb} that is not one of KMS`);
  };
  return {
    kind: "aws-kms",
    name,
    wrap: async (ring) => Buffer.from(await call("Encrypt", Buffer.from(ring))).toString("base64"),
    unwrap: async (sealed) => Buffer.from(await call("Decrypt", Buffer.from(sealed, "base64"))).toString(),
  };
}

/** Names of the SDK for what never left this machine, or never came back. */
const unanswered: ReadonlyMap<string, string> = new Map([
  ["AbortError", "did not answer in time"],
  ["TimeoutError", "did not answer in time"],
  ["CredentialsProviderError", "is not asked: no credentials of AWS were found. Set them, a profile or a role for the worker"],
]);

function failed(verb: string, error: unknown): string {
  if (!(error instanceof Error)) return `refuses ${verb}`;
  const { httpStatusCode: status } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  const said = [error.name, ...(error.message === "" || error.message === "UnknownError" ? [] : [error.message])].join(": ");
  if (status !== undefined) return `refuses ${verb}: ${oneLine(said)} (${status})`;
  if (/region is missing/i.test(error.message)) return "is not asked: AWS_REGION is not set, and CONNECTOR_KEY_KMS is no ARN that names it";
  return unanswered.get(error.name) ?? `could not be reached: ${oneLine(said)}`;
}
