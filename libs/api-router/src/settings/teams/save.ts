import { z } from "zod";
import { AppError } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

const ownerName = z.string().trim().min(1).max(320);

/** Makes a team (without an id) or replaces what one is. */
export const save = authed(admins)
  .input(
    z.strictObject({
      id: z.uuid().nullable(),
      name: z.string().trim().min(1).max(120),
      owners: z.array(ownerName).max(200).default([]),
      memberIds: z.array(z.string().min(1).max(128)).max(1000).default([]),
    }),
  )
  .mutation(async ({ ctx, input: { id, memberIds, ...team } }): Promise<{ readonly id: string }> => {
    const change = await ctx.services.accounts.saveTeam(ctx.workspaceId, id, { ...team, memberIds: [...new Set(memberIds)] });
    switch (change.outcome) {
      case "done":
        return { id: change.id };
      case "not_found":
        throw new AppError("not_found", "There is no such team");
      case "name_taken":
        throw new AppError("conflict", `There is a team called ${team.name} already`);
      case "unknown_member":
        throw new AppError("invalid_input", "One of these people is not a member of this workspace. Reload and try again");
    }
  });
