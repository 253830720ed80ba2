import { z } from "zod";
import { AppError } from "@rollcall/platform";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { ownSession } from "./own-session.ts";
import { assertProven } from "./proof.ts";

/** Ends one of the person's own sessions. Ending the one that asks is signing out, and asks for nothing. */
export const end = authed(everyone, "own")
  .input(z.object({ id: z.string().min(1).max(64), password: z.string().max(128).nullable().default(null) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    const { accounts, clock } = ctx.services;
    const own = ownSession(ctx.viewer);
    const isCurrent = input.id === own.id;
    if (!isCurrent) await assertProven(own, input.password, clock);
    const ended = await accounts.endSessions(own.userId, { id: input.id }, isCurrent ? "session.signed_out" : "session.revoked");
    if (ended === 0) throw new AppError("not_found", "There is no such session of yours");
  });
