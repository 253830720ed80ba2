import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface RunningInstance {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

/** How the command line on this machine finds the running instance: `instance.json` names the address and the file with the token. */
export function writeInstance(dataDir: string, { url, token, pid }: RunningInstance): void {
  const tokenFile = join(dataDir, "cli-token");
  writePrivate(tokenFile, `${token}\n`);
  writePrivate(join(dataDir, "instance.json"), `${JSON.stringify({ url, tokenFile, pid }, null, 2)}\n`);
}

export function removeInstance(dataDir: string): void {
  rmSync(join(dataDir, "instance.json"), { force: true });
}

function writePrivate(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
