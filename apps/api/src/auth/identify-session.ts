import type { IncomingHttpHeaders } from "node:http";
import { ownersOf, type Context } from "@rollcall/api-router";
import type { ApiParts } from "../api-parts.ts";
import type { Caller } from "./caller.ts";
import { chooseWorkspace } from "./choose-workspace.ts";
import { currentSession } from "./current-session.ts";
import { viewerSession } from "./viewer-session.ts";

/** The person behind the session cookie, in the workspace they chose, or the first of theirs; a stranger when there is none. */
export function sessionIdentifier(parts: ApiParts) {
  return async (headers: IncomingHttpHeaders, { id: requestId, ip }: { readonly id: string; readonly ip: string }): Promise<Caller> => {
    const stranger: Context = { viewer: null, workspace: null, role: null, memberships: [], requestId, services: parts.services };
    const { cookie } = headers;
    if (cookie === undefined) return { kind: "stranger", context: stranger };
    const found = await currentSession(parts, cookie);
    if (found === null) return { kind: "stranger", context: stranger };
    const memberships = await parts.services.accounts.workspacesOf(found.user.id);
    const chosen = chooseWorkspace(cookie, memberships);
    const context: Context = {
      viewer: {
        userId: found.user.id,
        name: found.user.name,
        email: found.user.email,
        secondFactor: found.user.twoFactorEnabled === true,
        session: viewerSession(parts, found, ip),
        answersFor: chosen?.answersFor ?? [],
        ...(chosen?.limited === true ? { limitedTo: ownersOf(chosen, found.user.email) } : {}),
      },
      workspace: chosen === null ? null : { id: chosen.id, name: chosen.name },
      role: chosen?.role ?? null,
      memberships,
      requestId,
      services: parts.services,
    };
    return { kind: "person", context, setCookies: found.setCookies };
  };
}
