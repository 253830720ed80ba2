import { join } from "node:path";
import { AppError } from "@rollcall/platform";
import { readToken, writeToken } from "./instance-file.ts";
import { runScript } from "./run-script.ts";

export interface SignInLinkInput {
  readonly root: string;
  readonly dataDir: string;
  readonly apiUrl: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Asks for a fresh one-time link, and for a command-line token when the one on disk no longer works. */
export async function signInLink(input: SignInLinkInput): Promise<string> {
  const token = readToken(input.dataDir);
  const keep = token !== null && (await isAccepted(input.apiUrl, token));
  const script = join(input.root, "apps", "api", "src", "sign-in-link.ts");
  const output = await runScript("the sign-in link", { args: [script, ...(keep ? ["--no-token"] : [])], cwd: input.root, env: input.env });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  const answer = JSON.parse(line ?? "{}") as { url?: string; token?: string };
  if (typeof answer.url !== "string") throw new AppError("internal", "the API gave no sign-in link");
  if (typeof answer.token === "string") writeToken(input.dataDir, answer.token);
  return answer.url;
}

async function isAccepted(apiUrl: string, token: string): Promise<boolean> {
  const response = await fetch(`${apiUrl}/api/v1/identities?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  });
  await response.body?.cancel();
  return response.status !== 401 && response.status !== 403;
}
