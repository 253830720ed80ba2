/** Calls of the sign-in library, with errors in words for the person. */
export async function authCall<T>(
  path: string,
  body: Readonly<Record<string, unknown>>,
  words: Readonly<Record<number, string>> = {},
): Promise<T> {
  const response = await fetch(`/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json().catch(() => ({}))) as T & { message?: string };
  if (response.ok) return answer;
  if (response.status === 429) throw new Error("Too many attempts. Wait a minute, then try again.");
  if (response.status >= 500) throw new Error("The server could not be reached. Try again in a moment.");
  throw new Error(words[response.status] ?? answer.message ?? "That did not work. Try again.");
}

export interface SignInOptions {
  readonly sso: { readonly name: string } | null;
  readonly passkey: boolean;
}

export async function signInOptions(): Promise<SignInOptions> {
  const response = await fetch("/api/auth/sign-in-options");
  if (!response.ok) throw new Error("The ways to sign in could not be loaded.");
  return (await response.json()) as SignInOptions;
}
