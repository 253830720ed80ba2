import type { OwnSession } from "@/api/views.ts";

/** "Firefox 130 on Linux", with what of it is known. */
export function sessionName({ browser, system }: Pick<OwnSession, "browser" | "system">): string {
  if (browser === null) return system === null ? "Unknown browser" : `Unknown browser on ${system}`;
  return system === null ? browser : `${browser} on ${system}`;
}
