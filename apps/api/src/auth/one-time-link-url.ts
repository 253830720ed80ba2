import { oneTimeLinkPath } from "./one-time-link.ts";

/** The address a person opens: signs in and goes on to /welcome. */
export function oneTimeLinkUrl(origin: string, token: string): string {
  const url = new URL(`/api/auth${oneTimeLinkPath}`, origin);
  url.searchParams.set("token", token);
  return url.href;
}
