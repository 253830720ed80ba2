import { z } from "zod";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { ownSession } from "./own-session.ts";
import { assertProven } from "./proof.ts";

/** Ends every session of the person but the one that asks; says how many there were. */
export const endOthers = authed(everyone, "own")
  .input(z.object({ password: z.string().max(128).nullable().default(null) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ended: number }> => {
    const { accounts, clock } = ctx.services;
    const own = ownSession(ctx.viewer);
    await assertProven(own, input.password, clock);
    return { ended: await accounts.endSessions(own.userId, { allBut: own.id }, "session.others_revoked") };
  });
