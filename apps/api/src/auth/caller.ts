import type { Context } from "@rollcall/api-router";
import type { ApiKeyScope } from "@rollcall/posture-pipeline";

/** Who sent a request. A key brings scopes; a person's session may do whatever the role allows. */
export type Caller =
  | { readonly kind: "stranger"; readonly context: Context }
  | { readonly kind: "person"; readonly context: Context; readonly setCookies: readonly string[] }
  | { readonly kind: "api_key"; readonly context: Context; readonly scopes: readonly ApiKeyScope[] };
