import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How the command line on this machine finds the running instance. */
export interface InstanceFile {
  readonly url: string;
  readonly tokenFile: string;
  readonly pid: number;
}

export function writeInstanceFile(dataDir: string, instance: Omit<InstanceFile, "tokenFile">): void {
  writePrivate(join(dataDir, "instance.json"), `${JSON.stringify({ ...instance, tokenFile: tokenPath(dataDir) }, null, 2)}\n`);
}

export function removeInstanceFile(dataDir: string): void {
  rmSync(join(dataDir, "instance.json"), { force: true });
}

export function readToken(dataDir: string): string | null {
  return existsSync(tokenPath(dataDir)) ? readFileSync(tokenPath(dataDir), "utf8").trim() || null : null;
}

export function writeToken(dataDir: string, token: string): void {
  writePrivate(tokenPath(dataDir), `${token}\n`);
}

function tokenPath(dataDir: string): string {
  return join(dataDir, "cli-token");
}

function writePrivate(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
