import { join } from "node:path";
import { AppError } from "@rollcall/platform";
import { runScript } from "./run-script.ts";

export interface SignIn {
  /** Signs the first admin in, once. */
  readonly url: string;
  /** API key for the command line on this machine; it replaces the one of the last start. */
  readonly token: string;
}

export async function signInLink(root: string, env: NodeJS.ProcessEnv): Promise<SignIn> {
  const output = await runScript("the sign-in link", { args: [join(root, "apps", "api", "src", "sign-in-link.ts")], cwd: root, env });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  const answer = JSON.parse(line ?? "{}") as Partial<SignIn>;
  if (typeof answer.url !== "string" || typeof answer.token !== "string") throw new AppError("internal", "the API gave no sign-in link");
  return { url: answer.url, token: answer.token };
}
