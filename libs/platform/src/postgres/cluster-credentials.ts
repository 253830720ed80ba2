import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../app-error.ts";
import { randomToken } from "../crypto/random-token.ts";

/** Generated once per data folder, readable by its owner only. */
export interface ClusterCredentials {
  readonly adminUser: string;
  readonly adminPassword: string;
  /** Owns the database and may create roles; runs migrations and nothing else. */
  readonly ownerUser: string;
  readonly ownerPassword: string;
}

const fileName = "credentials.json";

export function clusterCredentials(dataDir: string, clusterExists: boolean): ClusterCredentials {
  const path = join(dataDir, fileName);
  if (existsSync(path)) {
    try {
      return JSON.parse(readFileSync(path, "utf8")) as ClusterCredentials;
    } catch (cause) {
      throw new AppError("precondition_failed", `${path} cannot be read. Restore it from your backup; the database is untouched.`, {
        cause,
      });
    }
  }
  if (clusterExists) {
    throw new AppError(
      "precondition_failed",
      `${path} is missing, but there is a database beside it. Restore the file from your backup, or choose another folder with --data DIR.`,
    );
  }
  const credentials: ClusterCredentials = {
    adminUser: "rollcall_admin",
    adminPassword: randomToken(),
    ownerUser: "rollcall_owner",
    ownerPassword: randomToken(),
  };
  writeFileSync(`${path}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return credentials;
}
