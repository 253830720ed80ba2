/** The browser's side of passkeys. It is loaded only when somebody uses one. */
async function passkeyClient() {
  const [{ createAuthClient }, { passkeyClient: plugin }] = await Promise.all([
    import("better-auth/client"),
    import("@better-auth/passkey/client"),
  ]);
  return createAuthClient({ baseURL: `${window.location.origin}/api/auth`, plugins: [plugin()] });
}

const words = (error: { readonly message?: string | undefined } | null | undefined): Error =>
  new Error(error?.message ? `The passkey was not accepted: ${error.message}` : "The passkey was not accepted.");

export async function signInWithPasskey(): Promise<void> {
  const answer = await (await passkeyClient()).signIn.passkey();
  if (answer?.error) throw words(answer.error);
}

export async function addPasskey(name: string): Promise<void> {
  const answer = await (await passkeyClient()).passkey.addPasskey({ name });
  if (answer?.error) throw words(answer.error);
}
