"use client";

import { DESTINATIONS, type Destination } from "./destinations.ts";
import { useSession } from "./use-session.ts";

/** Where this person can go: who is limited to their teams has no pages about the whole workspace. */
export function useDestinations(): readonly Destination[] {
  const limited = (useSession()?.limitedTo ?? null) !== null;
  return limited ? DESTINATIONS.filter(({ whole }) => !whole) : DESTINATIONS;
}
