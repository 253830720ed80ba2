import { sessionAbsoluteHours } from "@rollcall/api-router";
import type { ApiParts } from "../api-parts.ts";
import type { Auth } from "./create-auth.ts";

type Found = NonNullable<Awaited<ReturnType<Auth["api"]["getSession"]>>>;

export interface CurrentSession extends Found {
  readonly setCookies: readonly string[];
}

/**
 * The session of a cookie, prolonged by being asked for; null when there is none. One that is older than any may be is ended for good: the sign-in
 * library knows no such limit, and would go on to let it change the account.
 */
export async function currentSession({ auth, services }: ApiParts, cookie: string): Promise<CurrentSession | null> {
  const { response, headers } = await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true });
  if (response === null) return null;
  const ageHours = (services.clock.now().getTime() - new Date(response.session.createdAt).getTime()) / 3_600_000;
  if (ageHours < sessionAbsoluteHours) return { ...response, setCookies: headers.getSetCookie() };
  await (await auth.$context).internalAdapter.deleteSession(response.session.token);
  return null;
}
