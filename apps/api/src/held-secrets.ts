import { secretMark } from "@rollcall/platform";
import type { HeldSecret } from "@rollcall/posture-pipeline";
import type { ApiEnv } from "./env.ts";

/** What this process holds for the whole instance. The values stay here; a keyed mark shows when one changed. */
export function heldSecrets({ rootKey, sso }: Pick<ApiEnv, "rootKey" | "sso">): readonly HeldSecret[] {
  const mark = (id: string, value: string): string => secretMark(rootKey, id, value);
  return [
    {
      id: "root-key",
      kind: "signing_key",
      name: "Root key",
      purpose: "Every other key of the instance is derived from it",
      storage: "env_var",
      fingerprint: mark("root-key", rootKey),
    },
    {
      id: "session-key",
      kind: "signing_key",
      name: "Key of sessions and second factors, derived from the root key",
      purpose: "Signs session cookies and seals second factors",
      storage: null,
      fingerprint: mark("session-key", rootKey),
    },
    ...(sso === null
      ? []
      : [
          {
            id: "oidc-client-secret",
            kind: "client_secret",
            name: `Client secret for ${sso.name}`,
            purpose: "Proves this instance to the identity provider of single sign-on",
            storage: "env_var",
            fingerprint: mark("oidc-client-secret", sso.clientSecret),
          } as const,
        ]),
  ];
}
