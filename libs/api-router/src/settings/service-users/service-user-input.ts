import { z } from "zod";

/** Somebody answers for it: a person of the workspace, or a team. */
export const serviceUserInput = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    purpose: z.string().trim().min(1).max(500),
    ownerUserId: z.string().min(1).max(128).nullable().default(null),
    ownerTeam: z.string().trim().min(1).max(120).nullable().default(null),
  })
  .refine(({ ownerUserId, ownerTeam }) => ownerUserId !== null || ownerTeam !== null, {
    error: "Name the person or the team that answers for it",
  });
