import { z } from "zod";

export const keySourceKinds = ["file", "env", "vault", "aws-kms"] as const;
export type KeySourceKind = (typeof keySourceKinds)[number];

/** Where the keys of credentials are kept. Of the worker alone: no other process is given these. */
export const keySourceEnv = z.object({
  CONNECTOR_KEY_SOURCE: z.enum(keySourceKinds).default("file"),
  /** Keys that open the credentials of sources, one per line; in the data folder when there is one. */
  CONNECTOR_KEY_FILE: z.string().optional(),
  /** The same keys for `env`, separated by white space or commas. */
  CONNECTOR_KEYS: z.string().optional(),
  /** For `vault`: the file holds the keys sealed by this key of this transit engine (mount, then key). */
  CONNECTOR_KEY_TRANSIT: z.string().default("transit/rollcall"),
  VAULT_ADDR: z.string().optional(),
  VAULT_NAMESPACE: z.string().optional(),
  VAULT_TOKEN: z.string().optional(),
  /** Of an agent that renews it; read for every call. */
  VAULT_TOKEN_FILE: z.string().optional(),
  /** For `aws-kms`: id, ARN or alias of the key that seals the file. Who the worker is to AWS is found by AWS's SDK itself. */
  CONNECTOR_KEY_KMS: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_ENDPOINT_URL_KMS: z.string().optional(),
  /** Known here so that it is in Rollcall's own inventory. */
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
});
export type KeySourceEnv = Partial<z.infer<typeof keySourceEnv>> & { readonly ROLLCALL_DATA_DIR?: string | undefined };
