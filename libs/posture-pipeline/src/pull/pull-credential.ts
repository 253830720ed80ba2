import type { ExportRequest } from "../ports/fetch-export.ts";
import type { PullAuth } from "../ports/pull-sources-store.ts";

/**
 * What a sealed credential is bound to: this row, this origin, this way of showing it. A row that is moved or copied does not open, nor
 * does one whose address was changed to that of somebody who would like to have the credential.
 */
export const credentialContext = (
  workspaceId: string,
  source: { readonly id: string; readonly url: string; readonly auth: PullAuth },
): string =>
  JSON.stringify(["rollcall/pull-credential/v1", workspaceId, source.id, new URL(source.url).origin, source.auth.kind, source.auth.name]);

/** How a request shows it, and every form of it that an answer must not repeat. */
export function authHeaders({ kind, name }: PullAuth, secret: string): Pick<ExportRequest, "headers" | "secrets"> {
  if (kind === "header" && name !== null) return { headers: { [name.toLowerCase()]: secret }, secrets: [secret] };
  if (kind === "basic" && name !== null) {
    const pair = `${name}:${secret}`;
    return { headers: { authorization: `Basic ${Buffer.from(pair).toString("base64")}` }, secrets: [secret, pair] };
  }
  return kind === "bearer" ? { headers: { authorization: `Bearer ${secret}` }, secrets: [secret] } : { headers: {}, secrets: [] };
}
