import { join } from "node:path";
import { AppError } from "@rollcall/platform";
import { awsKms } from "./aws-kms.ts";
import type { ConnectorKeySource } from "./connector-key-source.ts";
import { envKeySource } from "./env-key-source.ts";
import { fileKeySource } from "./file-key-source.ts";
import type { KeyRingWrapper } from "./key-ring-wrapper.ts";
import type { KeySourceEnv, KeySourceKind } from "./key-source-env.ts";
import { vaultTransit } from "./vault-transit.ts";

const unset = (names: string, kind: KeySourceKind): AppError =>
  new AppError("invalid_input", `The environment is not complete: ${names} is not set, which CONNECTOR_KEY_SOURCE=${kind} needs`);

/** Null when there is no place for keys: sources cannot keep credentials then. Calls nobody. */
export function configuredKeySource(
  env: KeySourceEnv,
  kind: KeySourceKind = env.CONNECTOR_KEY_SOURCE ?? "file",
): ConnectorKeySource | null {
  if (kind === "env") {
    if (env.CONNECTOR_KEYS === undefined) throw unset("CONNECTOR_KEYS", kind);
    return envKeySource(env.CONNECTOR_KEYS);
  }
  const file =
    env.CONNECTOR_KEY_FILE ?? (env.ROLLCALL_DATA_DIR === undefined ? null : join(env.ROLLCALL_DATA_DIR, "keys", "connector.keys"));
  if (kind === "file") return file === null ? null : fileKeySource(file);
  if (file === null) throw unset("CONNECTOR_KEY_FILE", kind);
  return fileKeySource(file, kind === "vault" ? vaultOf(env) : kmsOf(env));
}

function vaultOf(env: KeySourceEnv): KeyRingWrapper {
  const { VAULT_ADDR: address, VAULT_TOKEN: value, VAULT_TOKEN_FILE: file, VAULT_NAMESPACE: namespace } = env;
  const token = file !== undefined ? { file } : value !== undefined ? { value } : null;
  if (address === undefined) throw unset("VAULT_ADDR", "vault");
  if (token === null) throw unset("VAULT_TOKEN_FILE or VAULT_TOKEN", "vault");
  return vaultTransit({ address, token, namespace, path: env.CONNECTOR_KEY_TRANSIT ?? "transit/rollcall" });
}

function kmsOf({ CONNECTOR_KEY_KMS: key, AWS_REGION: region, AWS_ENDPOINT_URL_KMS: endpoint }: KeySourceEnv): KeyRingWrapper {
  if (key === undefined) throw unset("CONNECTOR_KEY_KMS", "aws-kms");
  return awsKms({ key, region, endpoint });
}
