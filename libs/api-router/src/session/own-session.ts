import { AppError } from "@rollcall/platform";
import type { Viewer, ViewerSession } from "../context.ts";

/** However much it is used, a session ends after so long. */
export const sessionAbsoluteHours = 12;

export interface OwnSession extends ViewerSession {
  readonly userId: string;
}

/** The session that the person asks with; keys have none. */
export function ownSession({ userId, session }: Viewer): OwnSession {
  if (userId === null || session === undefined) throw new AppError("forbidden", "An API key has no sessions");
  return { ...session, userId };
}
