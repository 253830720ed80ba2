import { readFileSync } from "node:fs";
import { z } from "zod";
import { AppError, assertCallable, safeFetch, type SafeResponse } from "@rollcall/platform";
import type { KeyRingWrapper } from "./key-ring-wrapper.ts";
import { oneLine, secureAddress } from "./key-service.ts";

export interface VaultTransitOptions {
  /** VAULT_ADDR. */
  readonly address: string;
  /** Mount and key, e.g. `transit/rollcall`. */
  readonly path: string;
  readonly namespace?: string | undefined;
  /** Read anew for each call: agents replace the file. */
  readonly token: { readonly value: string } | { readonly file: string };
  readonly timeoutMillis?: number;
}

/** Bound to what is sealed, so that nothing else that the same transit key sealed is taken for keys of ours. */
const associatedData = Buffer.from("rollcall/connector-keys/v1").toString("base64");
const encrypted = z.object({ data: z.object({ ciphertext: z.string().regex(/^\S+$/) }) });
const decrypted = z.object({ data: z.object({ plaintext: z.base64() }) });
const failure = z.object({ errors: z.array(z.string()).min(1) });

/**
 * The transit engine of Vault and OpenBao. The operator named the host, so it may be on a network of theirs; it is called for this only, and not
 * made callable for anybody else. Every failure is `unavailable`: that the keys cannot be had now says nothing about the credentials.
 */
export function vaultTransit(options: VaultTransitOptions): KeyRingWrapper {
  const host = hostOf(options.address);
  if (!/^\w[\w.-]*(?:\/\w[\w.-]*)+$/.test(options.path))
    throw new AppError("invalid_input", "CONNECTOR_KEY_TRANSIT must be a mount and a key, such as transit/rollcall");
  const at = options.path.lastIndexOf("/");
  const call = async <T>(verb: "encrypt" | "decrypt", input: object, answer: z.ZodType<T>): Promise<T> => {
    const path = `${options.path.slice(0, at)}/${verb}/${options.path.slice(at + 1)}`;
    const response = await safeFetch(`${options.address.replace(/\/+$/, "")}/v1/${path}`, {
      privateHosts: [host],
      headers: {
        "x-vault-token": tokenOf(options.token),
        "x-vault-request": "true",
        ...(options.namespace === undefined ? {} : { "x-vault-namespace": options.namespace }),
      },
      json: { ...input, associated_data: associatedData },
      timeoutMillis: options.timeoutMillis ?? 5_000,
      maxBytes: 1024 * 1024,
    });
    const body = jsonOf(response);
    const parsed = answer.safeParse(body);
    if (response.status === 200 && parsed.success) return parsed.data;
    const reason = failure.safeParse(body).data?.errors[0] ?? "an answer that is not one of the transit engine";
    throw new AppError("unavailable", `Vault at ${host} refuses ${path}: ${oneLine(reason)} (${response.status})`);
  };
  return {
    kind: "vault",
    name: `Vault at ${host}`,
    wrap: async (ring) => (await call("encrypt", { plaintext: Buffer.from(ring).toString("base64") }, encrypted)).data.ciphertext,
    unwrap: async (ciphertext) => Buffer.from((await call("decrypt", { ciphertext }, decrypted)).data.plaintext, "base64").toString(),
  };
}

const hostOf = (address: string): string => assertCallable(address, [secureAddress(address, "VAULT_ADDR").host]).url.host;

function tokenOf(token: VaultTransitOptions["token"]): string {
  if ("value" in token) return token.value.trim();
  try {
    return readFileSync(token.file, "utf8").trim();
  } catch (error) {
    throw new AppError("unavailable", `The token of Vault cannot be read from ${token.file}`, { cause: error });
  }
}

function jsonOf({ body }: SafeResponse): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return null;
  }
}
