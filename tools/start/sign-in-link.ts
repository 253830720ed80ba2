import { join } from "node:path";
import { AppError } from "@rollcall/platform";
import { runScript } from "./run-script.ts";

export interface SignIn {
  /** Signs the first admin in, once. */
  readonly url: string;
  /** API key for the command line on this machine; it replaces the one of the last start. */
  readonly token: string;
}

async function ask(
  root: string,
  env: NodeJS.ProcessEnv,
  ...flags: readonly string[]
): Promise<{ readonly [key in keyof SignIn]?: unknown }> {
  const script = join(root, "apps", "api", "src", "sign-in-link.ts");
  const output = await runScript("the sign-in link", { args: [script, ...flags], cwd: root, env });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  return JSON.parse(line ?? "{}") as { readonly [key in keyof SignIn]?: unknown };
}

/** For a member who forgot their password, which ends; what to tell the operator. */
export async function forgottenLink(root: string, env: NodeJS.ProcessEnv, email: string): Promise<string> {
  const { url } = await ask(root, env, "--forgot", email);
  return typeof url === "string" ? `For ${email}, once, to set another password: ${url}` : `Nobody with the address ${email} is a member`;
}

export async function signInLink(root: string, env: NodeJS.ProcessEnv): Promise<SignIn> {
  const answer = await ask(root, env);
  if (typeof answer.url !== "string" || typeof answer.token !== "string") throw new AppError("internal", "the API gave no sign-in link");
  return { url: answer.url, token: answer.token };
}
