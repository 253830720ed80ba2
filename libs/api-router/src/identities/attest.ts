import { z } from "zod";
import { actors } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { attestOne, statedInput } from "./attest-one.ts";

export const attestInput = z.strictObject({ id: z.uuid(), facts: statedInput });

export const attest = authed(actors, "own")
  .input(attestInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    await attestOne(ctx, input.id, input.facts);
    return { ok: true };
  });
