import type { Actor } from "@rollcall/platform";
import type { Viewer } from "./context.ts";

/** Who the audit log names for what a viewer does. */
export const actorOf = (viewer: Viewer, requestId: string): Actor =>
  viewer.userId === null
    ? { kind: "api_key", id: viewer.apiKeyId ?? null, name: viewer.name, requestId }
    : {
        kind: "person",
        id: viewer.userId,
        name: viewer.name,
        requestId,
        ...(viewer.limitedTo === undefined ? {} : { limitedTo: viewer.limitedTo }),
      };
