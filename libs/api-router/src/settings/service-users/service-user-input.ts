import { z } from "zod";

/** Somebody answers for it: a person of the workspace, a team, or both. */
export const serviceUserInput = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    purpose: z.string().trim().min(1).max(500),
    ownerUserId: z.string().min(1).max(128).nullable().default(null),
    ownerTeamId: z.uuid().nullable().default(null),
  })
  .refine(({ ownerUserId, ownerTeamId }) => ownerUserId !== null || ownerTeamId !== null, {
    error: "Name the person or the team that answers for it",
  });
